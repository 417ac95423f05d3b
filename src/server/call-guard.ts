/**
 * What calls may look like and how many there may be, before tRPC sees them. Calls beyond the limits are answered here: for a flood, what
 * a refusal costs is what counts. Made for each connection.
 */
import { boundedJson } from './bounded-json';
import type { Taken } from './rate-limit';

export interface CallRefusal {
	/** `null` where there is none that could be answered to. */
	id: number | string | null;
	/** Mutations are refused to people who did no wrong, the rest to those who do not try to get it right. */
	isMutation: boolean;
	retryAfterMs: number;
}

/** JSON both ways, as `getWSConnectionHandler` takes it. `take` counts calls, also those that are none. */
export function guardCalls(options: {
	callsPerFrame: number;
	take: (calls: number) => Taken;
	refuse: (refusal: CallRefusal) => void;
}) {
	const { callsPerFrame, take, refuse } = options;
	const { encode, decode } = boundedJson(callsPerFrame);
	return {
		encode,
		decode(data: string | ArrayBuffer | Uint8Array): unknown {
			let message: unknown;
			try {
				message = decode(data);
				for (const call of callsIn(message)) checkId(call);
			} catch (cause) {
				const taken = take(1);
				if (taken.ok) throw cause;
				refuse({ id: null, isMutation: false, retryAfterMs: taken.retryAfterMs });
				return [];
			}
			const calls = callsIn(message);
			const taken = take(Math.max(1, calls.length));
			if (taken.ok) return message;
			return calls.filter((call) => {
				// One who wants less is heard.
				if (call?.method === 'subscription.stop') return true;
				const { id = null, method } = call ?? {};
				refuse({ id, isMutation: method === 'mutation', retryAfterMs: taken.retryAfterMs });
				return false;
			});
		},
	};
}

type Call = { id?: number | string | null; method?: unknown } | null;

function callsIn(message: unknown): Call[] {
	return (Array.isArray(message) ? message : [message]) as Call[];
}

/** An id is kept for as long as its subscription lasts, and goes out with every event. */
const idLengthMax = 64;

/** A call without one is tRPC's to refuse. */
function checkId(call: Call): void {
	const id: unknown = call?.id;
	const isId = typeof id === 'string' ? id.length <= idLengthMax : Number.isSafeInteger(id);
	if (id !== undefined && id !== null && !isId) throw new Error('ids of calls are short');
}

/** In the shape of a tRPC error, so that its client reads the code. */
export function refusedCall({ id, retryAfterMs }: CallRefusal): string {
	const code = 'rate-limited';
	const data = { code: 'TOO_MANY_REQUESTS', httpStatus: 429, parley: { code, retryAfterMs } };
	return JSON.stringify({ id, error: { message: code, code: tooManyRequests, data } });
}

/** JSON-RPC's number for it, as tRPC has it. */
const tooManyRequests = -32029;
