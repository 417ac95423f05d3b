/** Checks and counts calls before tRPC sees them. One for each connection. */
import { boundedJson } from './bounded-json';

/**
 * Reads and writes JSON, in the form that `getWSConnectionHandler` takes, for frames of one call. `count` is called for each frame, valid or
 * not. `takeApart` splits a batch into frames, and returns `null` for anything else.
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
				// It will be answered as any invalid frame is.
				return null;
			}
		},
	};
}

/** Bounded, because an id is kept as long as its subscription lasts and is sent with every event. */
const idLengthMax = 64;

/** A call without an id is left to tRPC, which refuses it. */
function checkId(call: unknown): void {
	const id = (call as { id?: unknown } | null)?.id;
	const isId = typeof id === 'string' ? id.length <= idLengthMax : Number.isSafeInteger(id);
	if (id !== undefined && id !== null && !isId) throw new Error('ids of calls are short');
}
