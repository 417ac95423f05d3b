import { expect, it } from 'vitest';
import { guardCalls } from './call-guard';

function setUp() {
	let counted = 0;
	const guard = guardCalls({ callsPerFrame: 256, count: () => void (counted += 1) });
	return {
		...guard,
		decode: (message: unknown) => guard.decode(JSON.stringify(message)),
		takeApart: (message: unknown) => guard.takeApart(JSON.stringify(message)),
		guard,
		counted: () => counted,
	};
}
const call = (id: unknown, method = 'mutation') => ({ id, method, params: { path: 'room.leave' } });

it.each([1, 0, -1, Number.MAX_SAFE_INTEGER, 'a', 'i'.repeat(64), '', null])(
	'[L7] takes %j for an id',
	(id) => {
		expect(setUp().decode(call(id))).toEqual(call(id));
	},
);

it.each([['i'.repeat(65)], [1.5], [1e300], [2 ** 53], [true], [{ id: 1 }], [[1]], ['i'.repeat(250_000)]])(
	'[L7] takes %j for no id, and the call for none',
	(id) => {
		expect(() => setUp().decode(call(id))).toThrow('ids of calls are short');
	},
);

it('[L1] counts every call, and a frame that is none as one', () => {
	const { guard, decode, counted } = setUp();
	decode(call(1));
	decode('text');
	expect(() => guard.decode('{')).toThrow();
	expect(() => guard.decode(new Uint8Array(1))).toThrow();
	expect(counted()).toBe(4);
});

it('takes a batch apart, and nothing else', () => {
	const { guard, takeApart } = setUp();
	const calls = [call(1), call('two', 'subscription'), null, 'text'];
	expect(takeApart(calls)).toEqual(calls.map((each) => JSON.stringify(each)));
	expect(guard.takeApart(` \n[${JSON.stringify(call(1))}]`)).toEqual([JSON.stringify(call(1))]);
	for (const text of [JSON.stringify(call(1)), '[]', '[', '[1,', '"["', 'PING']) {
		expect(guard.takeApart(text)).toBeNull();
	}
});

it('leaves batches within batches, and those of too many, to be refused as one', () => {
	const { guard, decode, takeApart, counted } = setUp();
	const [nested = ''] = takeApart([[call(1), call(2)]]) ?? [];
	expect(() => guard.decode(nested)).toThrow('a batch');
	expect(() => decode([])).toThrow('a batch');
	const many = Array.from({ length: 257 }, (_, id) => call(id));
	expect(takeApart(many)).toBeNull();
	expect(() => decode(many)).toThrow('too many calls');
	expect(counted()).toBe(3);
});
