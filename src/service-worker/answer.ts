/**
 * Decides which requests the service worker answers, and with which of the pages and files that it keeps. Everything else goes to the network
 * untouched: signaling, health, metrics, and whatever is not ours.
 */

export interface Asked {
	method: string;
	mode: string;
	url: URL;
}

export interface Kept {
	origin: string;
	/** The paths of this build's pages and files. */
	paths: ReadonlySet<string>;
	/** The page that stands for every room: rooms run only in the browser, so their pages are all the same. */
	roomPage: string;
}

/** Files whose names change with their content. An older page may ask for those of another build. */
const immutable = '/_app/immutable/';

export function isImmutable(path: string): boolean {
	return path.startsWith(immutable);
}

/** `path`: where the answer is kept. `address`: where the page is instead. `shared`: a form from another app, which must not reach the server. */
export type Answer = { path: string } | { address: string } | { shared: true };

/** The `share_target` in the manifest. */
const sharePath = '/join';

/** `null` leaves the request to the network. */
export function answerFor({ method, mode, url }: Asked, kept: Kept): Answer | null {
	if (url.origin !== kept.origin) return null;
	const { pathname } = url;
	if (method === 'POST' && mode === 'navigate' && pathname === sharePath) return { shared: true };
	if (method !== 'GET') return null;
	if (mode === 'navigate') {
		const page = pathname === '/' ? '/' : pathname.replace(/\/$/, '');
		const path = pageFor(page, kept);
		if (path === null) return null;
		// Pages name their files by relative paths, which a slash at the end would change. The server redirects in the same way. The browser
		// carries the part after `#` along by itself.
		return page === pathname ? { path } : { address: kept.origin + page + url.search };
	}
	return isImmutable(pathname) || kept.paths.has(pathname) ? { path: pathname } : null;
}

/** The part after the `?`, such as a link that was shared with the app, is for the page and does not go to the server. */
function pageFor(page: string, { paths, roomPage }: Kept): string | null {
	const room = /^\/room\/([^/]+)$/.exec(page)?.[1];
	if (room === undefined) return paths.has(page) ? page : null;
	return isEncoded(room) ? roomPage : null;
}

/** An address cut off in the middle of a letter belongs to no page. The server says so in words. */
function isEncoded(text: string): boolean {
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

/**
 * The caches that a new build deletes: all except its own and the one made before it, which pages still in a call may need. `names`: the oldest
 * first.
 */
export function outdated(names: readonly string[], own: string, prefix: string): string[] {
	return names.filter((name) => name.startsWith(prefix) && name !== own).slice(0, -1);
}
