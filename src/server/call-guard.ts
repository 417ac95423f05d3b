/** What calls may look like, before tRPC sees them, and how many there were. Made for each connection. */
import { boundedJson } from './bounded-json';

/**
 * JSON both ways, as `getWSConnectionHandler` takes it, for frames of one call. `count` is told of each, also of those that are none.
 * `takeApart` has the frames of a batch, or `null` where there is nothing to take apart.
 */
export function guardCalls({ callsPerFrame, count }: { callsPerFrame: number; count: () => void }) {
	const { encode, decode } = boundedJson(callsPerFrame);
	return {
		encode,
		decode(data: string | ArrayBuffer | Uint8Array): unknown {
			count();
			const call = decode(data);
			if (Array.isArray(call)) throw new Error('a batch holds calls, and is none');
			checkId(call);
			return call;
		},
		takeApart(text: string): string[] | null {
			if (!/^\s*\[/.test(text)) return null;
			try {
				const calls = decode(text) as unknown[];
				return calls.length > 0 ? calls.map((call) => JSON.stringify(call)) : null;
			} catch {
				// To be answered like any frame that is none.
				return null;
			}
		},
	};
}

/** An id is kept for as long as its subscription lasts, and goes out with every event. */
const idLengthMax = 64;

/** A call without one is tRPC's to refuse. */
function checkId(call: unknown): void {
	const id = (call as { id?: unknown } | null)?.id;
	const isId = typeof id === 'string' ? id.length <= idLengthMax : Number.isSafeInteger(id);
	if (id !== undefined && id !== null && !isId) throw new Error('ids of calls are short');
}
