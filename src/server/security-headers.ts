/**
 * Headers of every response: what it may load, what is told about where a request came from, which browser features it
 * may ask for. The policy of a page is written by SvelteKit, with the hashes of its inline scripts.
 */
import type { IncomingMessage } from 'node:http';
import { contentSecurity } from './content-security.js';

type Header = readonly [name: string, value: string];

/** Only names that every Chromium knows, because it warns about others on each page. */
const self = [
	...['autoplay', 'camera', 'clipboard-write', 'display-capture', 'fullscreen', 'microphone'],
	...['picture-in-picture', 'screen-wake-lock', 'speaker-selection'],
];
const nobody = [
	...['accelerometer', 'clipboard-read', 'encrypted-media', 'gamepad', 'geolocation', 'gyroscope', 'hid'],
	...['identity-credentials-get', 'idle-detection', 'local-fonts', 'magnetometer', 'midi', 'payment'],
	...[
		'publickey-credentials-get',
		'serial',
		'storage-access',
		'usb',
		'window-management',
		'xr-spatial-tracking',
	],
];

const common: readonly Header[] = [
	['X-Content-Type-Options', 'nosniff'],
	// Addresses hold names of rooms and what was shared into the app, so no request carries one as its referrer, not even to this
	// server. Calls keep their Origin.
	['Referrer-Policy', 'no-referrer'],
	['Cross-Origin-Opener-Policy', 'same-origin'],
	['Cross-Origin-Resource-Policy', 'same-origin'],
	[
		'Permissions-Policy',
		[...self.map((feature) => `${feature}=(self)`), ...nobody.map((feature) => `${feature}=()`)].join(', '),
	],
];

const policyOf = (directives: object) =>
	Object.entries(directives)
		.map(([name, sources]) => `${name} ${(sources as string[]).map(quote).join(' ')}`)
		.join('; ');
const quote = (source: string) => (source.endsWith(':') ? source : `'${source}'`);

const filePolicy: Header = ['Content-Security-Policy', policyOf(contentSecurity)];
/** The part that needs no hashes. SvelteKit replaces it on pages that it renders; a page made at build time carries the rest itself. */
const { 'base-uri': base, 'frame-ancestors': ancestors, 'object-src': object } = contentSecurity;
const pagePolicy: Header = [
	'Content-Security-Policy',
	policyOf({ 'base-uri': base, 'frame-ancestors': ancestors, 'object-src': object }),
];
const yearS = 31_536_000;
const onlyHttps: Header = ['Strict-Transport-Security', `max-age=${yearS}`];

/** @param options `secure`: people reach this server over HTTPS */
export function securityHeaders({ secure }: { secure: boolean }): (request: IncomingMessage) => Header[] {
	return ({ url = '/', headers }) => {
		const isFile = /^[^?]*\.(?!html)\w+(\?|$)/.test(url) || url.startsWith('/trpc');
		const policy = isFile ? filePolicy : pagePolicy;
		// Not on `localhost`, where other projects are developed too.
		const pinned = secure && !/^localhost(:|$)/.test(headers.host ?? '');
		return [...common, policy, ...(pinned ? [onlyHttps] : [])];
	};
}
