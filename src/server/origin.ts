/**
 * May a page of this origin talk to us? Browsers say where a request comes from, and a page can't make them lie. Other clients
 * say what they like and may say nothing: there are no cookies, so nobody's identity can be borrowed through them.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { createFirstTimes } from './first-times';
import type { Log } from './log';

/** `allowed` is the configured public origin; without one, a page must come from the host it is talking to. */
export function isOriginAllowed(headers: IncomingHttpHeaders, allowed: string | null): boolean {
	const { origin } = headers;
	if (origin === undefined) {
		// For an image or a link on a foreign page, a browser sends no Origin, but it sends this.
		const site = headers['sec-fetch-site'];
		return site === undefined || site === 'same-origin' || site === 'none';
	}
	if (allowed !== null) return origin === allowed;
	const { host } = headers;
	return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

/**
 * Behind a proxy that hides the host, every page looks foreign, and nothing works. So what came is logged, once for each page and host.
 * The number of lines is bounded, so that made-up origins can't fill the log.
 */
export function createOriginReport(log: Pick<Log, 'warn'>): ReportOrigin {
	const isNews = createFirstTimes(16);
	return ({ origin, host = '' }) => {
		// Without an origin, no setting would help.
		if (origin === undefined) return;
		const told = { origin: origin.slice(0, shownMax), host: host.slice(0, shownMax) };
		if (isNews(JSON.stringify(told))) log.warn('origin refused', { ...told, setting: 'ORIGIN' });
	};
}

const shownMax = 200;

export type ReportOrigin = (headers: IncomingHttpHeaders) => void;
