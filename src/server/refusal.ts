/**
 * Errors on their way out: every refusal becomes one `WireError`, whatever threw it. It reveals nothing of what was sent to us
 * or of how the server works.
 */
import { TRPCError } from '@trpc/server';
import type { ErrorCode, WireError } from '../lib/protocol';

type TRPCCode = ConstructorParameters<typeof TRPCError>[0]['code'];

const trpcCodes: Record<ErrorCode, TRPCCode> = {
	'bad-input': 'BAD_REQUEST',
	'bad-room-name': 'BAD_REQUEST',
	'bad-participant-name': 'BAD_REQUEST',
	'room-full': 'CONFLICT',
	'not-joined': 'PRECONDITION_FAILED',
	'already-joined': 'CONFLICT',
	'no-such-participant': 'NOT_FOUND',
	'token-refused': 'UNAUTHORIZED',
	'client-too-old': 'PRECONDITION_FAILED',
	'taken-over': 'CONFLICT',
	'rate-limited': 'TOO_MANY_REQUESTS',
	'too-large': 'PAYLOAD_TOO_LARGE',
	'origin-refused': 'FORBIDDEN',
	'server-full': 'SERVICE_UNAVAILABLE',
	'server-stopping': 'SERVICE_UNAVAILABLE',
	internal: 'INTERNAL_SERVER_ERROR',
};

class Refusal extends Error {
	constructor(readonly wire: WireError) {
		super(wire.code);
	}
}

/** The error that a procedure throws to refuse a call. */
export function refuse(wire: WireError): TRPCError {
	return new TRPCError({ code: trpcCodes[wire.code], message: wire.code, cause: new Refusal(wire) });
}

/** What the client is told about any error that a request can end with. */
export function wireErrorOf(error: TRPCError): WireError {
	if (error.cause instanceof Refusal) return error.cause.wire;
	const issues = issuesOf(error.cause);
	if (issues) return wireErrorOfIssues(issues);
	switch (error.code) {
		case 'PAYLOAD_TOO_LARGE':
			return { code: 'too-large' };
		// Not a valid request: an unknown procedure, a wrong method or content type, or no JSON.
		case 'PARSE_ERROR':
		case 'BAD_REQUEST':
		case 'NOT_FOUND':
		case 'METHOD_NOT_SUPPORTED':
		case 'UNSUPPORTED_MEDIA_TYPE':
		case 'UNPROCESSABLE_CONTENT':
			return { code: 'bad-input' };
		default:
			return { code: 'internal' };
	}
}

/** One refused field, as Standard Schema reports it. */
interface Issue {
	message: string;
	path?: readonly (PropertyKey | { key: PropertyKey })[];
}

function issuesOf(cause: unknown): Issue[] | null {
	const issues = (cause as { issues?: unknown } | undefined)?.issues;
	return Array.isArray(issues) && issues.length > 0 ? (issues as Issue[]) : null;
}

function wireErrorOfIssues(issues: Issue[]): WireError {
	const keys = (issues[0]?.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
	const field = keys.join('.');
	if (field === 'room') return { code: 'bad-room-name' };
	if (field === 'name') return { code: 'bad-participant-name' };
	if (issues.some(({ message }) => message === 'too-large')) return { code: 'too-large', field };
	return field === '' ? { code: 'bad-input' } : { code: 'bad-input', field };
}
