/** Who may read `/metrics`: whoever has the token, whoever reaches the port that is for nothing else, or this machine. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from './address';

export interface MetricsSettings {
	/** To be sent as a bearer token; `null` for none. */
	token: string | null;
	/** The port and address that nothing else is served on; `null` to serve them beside the pages. */
	listener: { host: string; port: number } | null;
}

export type MetricsAnswer = 'given' | 'token-wanted' | 'from-elsewhere' | 'on-another-port';

/** `onOwnPort`: the request came by the port that is for nothing else. */
export function metricsAnswer(
	{ socket, headers }: IncomingMessage,
	{ token, listener }: MetricsSettings,
	onOwnPort: boolean,
): MetricsAnswer {
	if (listener && !onOwnPort) return 'on-another-port';
	if (token !== null) {
		const given = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
		return given !== undefined && isSame(given, token) ? 'given' : 'token-wanted';
	}
	if (onOwnPort) return 'given';
	// Whatever a proxy on this machine passes on looks as if it came from here.
	const isForwarded = forwarding.some((name) => headers[name] !== undefined);
	return isLoopback(socket.remoteAddress) && !isForwarded ? 'given' : 'from-elsewhere';
}

const forwarding = [
	...['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'],
	...['cf-connecting-ip', 'true-client-ip', 'x-client-ip'],
];

/** In a time that tells nothing of how much of it was right. */
function isSame(given: string, token: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(token));
}
