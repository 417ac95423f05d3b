/**
 * Decides what the service worker answers itself, and with which of the pages and files it keeps. Everything it does not
 * name goes to the network untouched: signaling, health, metrics, and whatever is not ours.
 */

export interface Asked {
	method: string;
	mode: string;
	url: URL;
}

export interface Kept {
	origin: string;
	/** Paths of pages and files of this build. */
	paths: ReadonlySet<string>;
	/** The page that stands for every room: rooms are made in the browser, so their pages are all the same. */
	roomPage: string;
}

/** Files whose names change with their content. Another build's may be asked for by a page that is older than we are. */
const immutable = '/_app/immutable/';

export function isImmutable(path: string): boolean {
	return path.startsWith(immutable);
}

/** `path`: where the answer is kept. `address`: where the page is instead. `shared`: a form from another app, which must not go on. */
export type Answer = { path: string } | { address: string } | { shared: true };

/** `share_target` of the manifest. */
const sharePath = '/join';

/** `null` to stay out of it. */
export function answerFor({ method, mode, url }: Asked, kept: Kept): Answer | null {
	if (url.origin !== kept.origin) return null;
	const { pathname } = url;
	if (method === 'POST' && mode === 'navigate' && pathname === sharePath) return { shared: true };
	if (method !== 'GET') return null;
	if (mode === 'navigate') {
		const page = pathname === '/' ? '/' : pathname.replace(/\/$/, '');
		const path = pageFor(page, kept);
		if (path === null) return null;
		// Pages name their files from where they stand, which a slash at the end would change. The server does as well; what stands
		// behind `#` the browser takes along by itself.
		return page === pathname ? { path } : { address: kept.origin + page + url.search };
	}
	return isImmutable(pathname) || kept.paths.has(pathname) ? { path: pathname } : null;
}

/** What stands behind the `?`, such as a link that was shared into the app, is for the page and goes nowhere. */
function pageFor(page: string, { paths, roomPage }: Kept): string | null {
	const room = /^\/room\/([^/]+)$/.exec(page)?.[1];
	if (room === undefined) return paths.has(page) ? page : null;
	return isEncoded(room) ? roomPage : null;
}

/** An address cut off in the middle of a letter is nobody's page. The server says so, in words. */
function isEncoded(text: string): boolean {
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

/** Which caches a new build throws away: all but its own and the one made before, which pages still in a call may need. `names`: the oldest first. */
export function outdated(names: readonly string[], own: string, prefix: string): string[] {
	return names.filter((name) => name.startsWith(prefix) && name !== own).slice(0, -1);
}
