/**
 * What every response says about itself: what it may load, who may see where it came from, which of the browser's powers it
 * may ask for. The policy of a page is SvelteKit's to write, with the hashes of its inline scripts.
 */
import type { IncomingMessage } from 'node:http';
import { contentSecurity } from './content-security.js';

type Header = readonly [name: string, value: string];

/** Only names that every Chromium knows: it warns of others on each page. */
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
	// Addresses hold names of rooms, and what was shared into the app: nobody is told, not even this server a second time. Calls keep
	// their Origin.
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
/** What needs no hash. SvelteKit replaces it on pages it makes; one made at build time carries the rest in itself. */
const { 'base-uri': base, 'frame-ancestors': ancestors, 'object-src': object } = contentSecurity;
const pagePolicy: Header = [
	'Content-Security-Policy',
	policyOf({ 'base-uri': base, 'frame-ancestors': ancestors, 'object-src': object }),
];
const yearS = 31_536_000;
const onlyHttps: Header = ['Strict-Transport-Security', `max-age=${yearS}`];

/** `secure`: people reach this server over HTTPS. */
export function securityHeaders({ secure }: { secure: boolean }): (request: IncomingMessage) => Header[] {
	return ({ url = '/', headers }) => {
		const isFile = /^[^?]*\.(?!html)\w+(\?|$)/.test(url) || url.startsWith('/trpc');
		const policy = isFile ? filePolicy : pagePolicy;
		// `localhost` belongs to whatever is developed there next.
		const pinned = secure && !/^localhost(:|$)/.test(headers.host ?? '');
		return [...common, policy, ...(pinned ? [onlyHttps] : [])];
	};
}
