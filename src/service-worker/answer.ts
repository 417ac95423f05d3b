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

/** The path under which the answer is kept, or `null` to stay out of it. */
export function answerFor({ method, mode, url }: Asked, { origin, paths, roomPage }: Kept): string | null {
	if (method !== 'GET' || url.origin !== origin) return null;
	if (mode === 'navigate') {
		if (/^\/room\/[^/]+\/?$/.test(url.pathname)) return roomPage;
		const page = url.pathname.length > 1 ? url.pathname.replace(/\/$/, '') : '/';
		// What stands behind the `?`, such as a link that was shared into the app, is for the page and goes nowhere.
		return paths.has(page) ? page : null;
	}
	return isImmutable(url.pathname) || paths.has(url.pathname) ? url.pathname : null;
}

/** Which caches a new build throws away: all but its own and the one before, which pages still in a call may need. */
export function outdated(names: readonly string[], own: string, prefix: string): string[] {
	return names
		.filter((name) => name.startsWith(prefix) && name !== own)
		.sort()
		.slice(0, -1);
}
