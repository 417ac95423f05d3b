import { expect, it } from 'vitest';
import { guardCalls, refusedCall, type CallRefusal } from './call-guard';

function setUp(allowed = Infinity) {
	const refusals: CallRefusal[] = [];
	let counted = 0;
	const guard = guardCalls({
		callsPerFrame: 256,
		take: (calls) => ((counted += calls) <= allowed ? { ok: true } : { ok: false, retryAfterMs: 70 }),
		refuse: (refusal) => void refusals.push(refusal),
	});
	const decode = (message: unknown) => guard.decode(JSON.stringify(message));
	return { guard, decode, refusals, counted: () => counted };
}
const call = (id: unknown, method = 'mutation') => ({ id, method, params: { path: 'room.leave' } });

it.each([1, 0, -1, Number.MAX_SAFE_INTEGER, 'a', 'i'.repeat(64), '', null])(
	'[L7] takes %j for an id',
	(id) => {
		expect(setUp().decode(call(id))).toEqual(call(id));
	},
);

it.each([['i'.repeat(65)], [1.5], [1e300], [2 ** 53], [true], [{ id: 1 }], [[1]], ['i'.repeat(250_000)]])(
	'[L7] takes %j for no id, and the frame for none',
	(id) => {
		expect(() => setUp().decode(call(id))).toThrow('ids of calls are short');
		expect(() => setUp().decode([call(1), call(id)])).toThrow('ids of calls are short');
	},
);

it('[L1] counts every call of a frame, and a frame that is none as one', () => {
	const { guard, decode, counted } = setUp();
	decode(call(1));
	decode([call(1), call(2), call(3)]);
	decode([]);
	expect(() => guard.decode('{')).toThrow();
	decode([1, null, 'text']);
	expect(counted()).toBe(9);
});

it('[L1] answers calls beyond the limit one by one, and lets subscriptions end', () => {
	const { guard, decode, refusals } = setUp(0);
	const stop = { id: 3, method: 'subscription.stop' };
	expect(decode([call(1), call('two', 'subscription'), stop, 4, null])).toEqual([stop]);
	expect(guard.decode('{"id":')).toEqual([]);
	expect(refusals).toEqual([
		{ id: 1, isMutation: true, retryAfterMs: 70 },
		{ id: 'two', isMutation: false, retryAfterMs: 70 },
		{ id: null, isMutation: false, retryAfterMs: 70 },
		{ id: null, isMutation: false, retryAfterMs: 70 },
		{ id: null, isMutation: false, retryAfterMs: 70 },
	]);
	expect(JSON.parse(refusedCall({ id: 'two', isMutation: false, retryAfterMs: 70 }))).toEqual({
		id: 'two',
		error: {
			message: 'rate-limited',
			code: -32029,
			data: {
				code: 'TOO_MANY_REQUESTS',
				httpStatus: 429,
				parley: { code: 'rate-limited', retryAfterMs: 70 },
			},
		},
	});
});
