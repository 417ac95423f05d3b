/** Who may read `/metrics`: a client with the token, one that reaches the port for metrics alone, or this machine. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopback } from './address';

export interface MetricsSettings {
	/** To be sent as a bearer token; `null` for none. */
	token: string | null;
	/** The port and address for metrics alone; `null` to serve them beside the pages. */
	listener: { host: string; port: number } | null;
}

export type MetricsAnswer = 'given' | 'token-wanted' | 'from-elsewhere' | 'on-another-port';

/** @param onOwnPort the request came over the port for metrics alone */
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
	// What a proxy on this machine forwards looks as if it came from this machine.
	const isForwarded = forwarding.some((name) => headers[name] !== undefined);
	return isLoopback(socket.remoteAddress) && !isForwarded ? 'given' : 'from-elsewhere';
}

const forwarding = [
	...['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'],
	...['cf-connecting-ip', 'true-client-ip', 'x-client-ip'],
];

/** Takes the same time however much of the token is right. */
function isSame(given: string, token: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(given), digest(token));
}
