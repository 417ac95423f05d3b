/**
 * May a page of this origin talk to us? Browsers say where a request comes from and can't be made to lie; other clients
 * say what they like, and are allowed to say nothing: there is no cookie to borrow, so there is nothing to protect them from.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { createFirstTimes } from './first-times';
import type { Log } from './log';

/** `allowed` is the configured public origin; without one, a page must come from the host it is talking to. */
export function isOriginAllowed(headers: IncomingHttpHeaders, allowed: string | null): boolean {
	const { origin } = headers;
	if (origin === undefined) {
		// An image or a link on a foreign page sends no Origin, but a browser says this of it.
		const site = headers['sec-fetch-site'];
		return site === undefined || site === 'same-origin' || site === 'none';
	}
	if (allowed !== null) return origin === allowed;
	const { host } = headers;
	return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/**
 * A proxy that hides the host makes every page look foreign, and from outside it looks as if nothing worked. What came is told once for
 * each page and host; those that attackers make up can't fill the log.
 */
export function createOriginReport(log: Pick<Log, 'warn'>): ReportOrigin {
	const isNews = createFirstTimes(16);
	return ({ origin, host = '' }) => {
		// Without it nothing that can be set makes a difference.
		if (origin === undefined) return;
		const told = { origin: origin.slice(0, shownMax), host: host.slice(0, shownMax) };
		if (isNews(JSON.stringify(told))) log.warn('origin refused', { ...told, setting: 'ORIGIN' });
	};
}

const shownMax = 200;

export type ReportOrigin = (headers: IncomingHttpHeaders) => void;
