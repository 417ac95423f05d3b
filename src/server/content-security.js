/**
 * What a page of ours may load and do, for SvelteKit (`svelte.config.js`, which adds the hashes of its own inline scripts)
 * and for everything that is not a page (`security-headers.ts`). Plain JavaScript, because `svelte.config.js` reads it unbuilt.
 */

/** @type {NonNullable<NonNullable<NonNullable<import('@sveltejs/kit').Config['kit']>['csp']>['directives']>} */
export const contentSecurity = {
	'default-src': ['none'],
	'script-src': ['self'],
	// Svelte sets styles through the CSSOM, which needs no permission. The one style attribute is on SvelteKit's live region, in
	// which it tells screen readers of a new page.
	'style-src': ['self'],
	'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
	'img-src': ['self', 'data:', 'blob:'],
	'font-src': ['self'],
	'media-src': ['self', 'blob:', 'data:'],
	// 'self' covers the WebSocket of this host: Chromium 71, Firefox 50, Safari 16. In an older one calls go over HTTP.
	'connect-src': ['self'],
	'worker-src': ['self'],
	'manifest-src': ['self'],
	'form-action': ['self'],
	'object-src': ['none'],
	'base-uri': ['none'],
	'frame-ancestors': ['none'],
};
