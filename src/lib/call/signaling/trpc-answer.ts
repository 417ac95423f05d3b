/**
 * Who answered a request over HTTP: the server, or something on the way to it. Proxies, gateways and sign-in pages may answer in its place,
 * and a status alone does not tell.
 */
import { isErrorCode } from '../../protocol';
import type { SignalingObstacle } from './signaling';

/** The server did not answer itself, or it refuses this page altogether. */
export class Misanswer extends Error {
	/** @param obstacle `null` if the server is away and something else says so for it */
	constructor(readonly obstacle: SignalingObstacle | null) {
		super(`no answer of the server: ${obstacle ?? 'away'}`);
	}
}

/** The obstacle that a request's error tells of; `null` if it tells of none. */
export function obstacleOf(error: unknown): SignalingObstacle | null {
	if (error instanceof Misanswer) return error.obstacle;
	return error instanceof Error && error.cause !== undefined ? obstacleOf(error.cause) : null;
}

/** The answer to a call, if it is the server's; throws a `Misanswer` otherwise. The body stays unread. */
export async function answerOfServer(response: Response): Promise<Response> {
	const type = response.headers.get('content-type') ?? '';
	if (response.ok && /^(application\/json|text\/event-stream)/.test(type)) return response;
	const code = response.ok ? null : await codeIn(response.clone());
	if (code === 'origin-refused') throw new Misanswer(code);
	if (code === null) throw new Misanswer(obstacleIn(response));
	return response;
}

/** Resolves if this is what the server says while it accepts sessions. */
export async function checkReady(response: Response): Promise<void> {
	const text = await response.text();
	if (text.trim() === 'ready') return;
	throw new Misanswer(text.trim() === 'stopping' ? null : obstacleIn(response));
}

async function codeIn(response: Response): Promise<string | null> {
	const body = (await response.json().catch(() => null)) as {
		error?: { data?: { parley?: { code?: unknown } } };
	} | null;
	const code = body?.error?.data?.parley?.code;
	return isErrorCode(code) ? code : null;
}

function obstacleIn({ status, type, ok }: Response): SignalingObstacle | null {
	// RFC 6585 section 6: networks that require a sign-in answer with 511.
	if (ok || type === 'opaqueredirect' || (status >= 300 && status < 400) || status === 511)
		return 'intercepted';
	// Too slow, too many requests, or no server behind the proxy: that passes.
	if (status === 408 || status === 429 || status >= 500) return null;
	return 'blocked';
}
