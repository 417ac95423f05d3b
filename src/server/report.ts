/** Counts every refusal, and logs those that are our fault. */
import type { TRPCError } from '@trpc/server';
import type { Log } from './log';
import type { Metrics } from './metrics';
import { wireErrorOf } from './refusal';

export type ReportError = (info: { error: TRPCError; path: string | undefined }) => void;

export function createErrorReport(metrics: Metrics, log: Log): ReportError {
	// A refused stream reports the same error twice: where it was refused, and where the client is told.
	const reported = new WeakSet<TRPCError>();
	return ({ error, path }) => {
		if (reported.has(error)) return;
		reported.add(error);
		// A client can make up any path; ours are short and plain.
		const procedure = path !== undefined && /^[a-z.]{1,20}$/.test(path) ? path : 'unknown';
		const { code } = wireErrorOf(error);
		if (code !== 'internal') {
			metrics.refused(code);
			log.debug('refused', { code, procedure });
			return;
		}
		// A socket was reset or a frame was too large. That is the other end's doing, and ends only that connection.
		if (path === undefined) {
			log.debug('connection error', { cause: error.cause ?? error });
			return;
		}
		metrics.refused(code);
		log.error('internal error', { code, procedure, cause: error.cause ?? error });
	};
}
