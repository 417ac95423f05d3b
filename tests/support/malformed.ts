/**
 * Frames no client of ours would send: calls of which one thing is wrong, envelopes that are none, and noise. Whether a call
 * really is wrong is decided by the protocol's own schemas, so that a mutation that happens to be allowed is not sent.
 */
import * as v from 'valibot';
import {
	joinInputSchema,
	protocolVersion,
	limits,
	peekInputSchema,
	relayInputSchema,
	signalInputSchema,
	updateInputSchema,
} from '../../src/lib/protocol';
import type { Random } from './random';
import { pageLoad } from './page-load';

export interface MalformedFrame {
	data: string | Buffer;
	/** How many answers it must be given. */
	answers: number;
	/** Calls inside, or 1 where there are none to count. */
	messages: number;
}

interface Template {
	method: 'mutation' | 'subscription';
	path: string;
	schema: v.GenericSchema;
	input: object;
}

const incarnation = pageLoad('page-load-1');
const someone = { to: 'participant-1', incarnation };
const description = {
	...{ kind: 'description', epoch: 0, offer: 1, type: 'offer', sdp: 'v=0' },
	...{ key: 'k'.repeat(87), signature: 's'.repeat(86), proof: 'p'.repeat(43) },
};
const candidate = {
	...{ kind: 'candidate', epoch: 0, candidate: 'candidate:1' },
	...{ sdpMid: '0', sdpMLineIndex: 0, usernameFragment: null },
};
const publications = { microphone: true, camera: true, screen: false };

const templates: Template[] = [
	{ path: 'room.signal', schema: signalInputSchema, input: { ...someone, signal: description } },
	{ path: 'room.signal', schema: signalInputSchema, input: { ...someone, signal: candidate } },
	{ path: 'room.relay', schema: relayInputSchema, input: { ...someone, sealed: 'c2VhbGVk' } },
	{ path: 'room.update', schema: updateInputSchema, input: { name: 'Ann', publications, hand: true } },
].map((template) => ({ ...template, method: 'mutation' as const }));
templates.push(
	...[
		{ path: 'room.peek', schema: peekInputSchema, input: { room: 'some-room' } },
		{
			path: 'room.join',
			schema: joinInputSchema,
			input: {
				...{
					protocol: protocolVersion,
					room: 'some-room',
					name: 'Ann',
					incarnation,
					publications,
					hand: false,
				},
				...{ token: 'a.b', offers: [{ ...someone, signal: description }], lastEventId: 'x.1' },
			},
		},
	].map((template) => ({ ...template, method: 'subscription' as const })),
);

const wrongValues: readonly ((random: Random) => unknown)[] = [
	() => null,
	() => -1,
	() => 0.5,
	() => 1e300,
	() => true,
	() => '',
	() => [],
	() => ({}),
	() => '\ud800',
	() => '\u0000\u202e\ufeff',
	() => '💥'.repeat(70),
	() => ({ __proto__: null, constructor: { prototype: 1 } }),
	() => JSON.parse('{"__proto__": {"room": "some-room"}}') as unknown,
	(random) => noise(random, 1 + random.below(40)),
	(random) => (random.chance(0.02) ? 'x'.repeat(50_000) : 'x'.repeat(300)),
	(random) => nested(1 + random.below(60)),
];

const wrongPaths = [
	...['', '.', 'room', 'room.', '.signal', 'room.signal.', 'room.signal.call', 'room..signal', 'Room.Signal'],
	...[
		'__proto__',
		'constructor',
		'toString',
		'room.constructor',
		'room.__proto__',
		'room.hasOwnProperty',
		'then',
	],
	...[
		'_def',
		'room._def',
		'createCaller',
		'../room.signal',
		'room/signal',
		'room.signal,room.signal',
		'\u0000',
	],
];

/** Makes frames for ever. Of a thousand messages some nine hundred travel in batches of `batch`. */
export function* malformedFrames(random: Random, batch: number): Generator<MalformedFrame, never> {
	let id = 0;
	for (;;) {
		yield* batches(Array.from({ length: batch }, () => malformedCall(random, (id += 1))));
		for (let single = 0; single < batch / 9; single++) {
			yield { data: random.pick(singles)(random, (id += 1)), answers: 1, messages: 1 };
		}
	}
}

/** In halves where they would be larger than a frame may be: that is answered by closing, and tested elsewhere. */
function* batches(calls: object[]): Generator<MalformedFrame> {
	const data = JSON.stringify(calls);
	if (Buffer.byteLength(data) <= limits.frameBytesMax) {
		yield { data, answers: calls.length, messages: calls.length };
		return;
	}
	const half = Math.ceil(calls.length / 2);
	yield* batches(calls.slice(0, half));
	yield* batches(calls.slice(half));
}

/** A call with an id, well-formed as such, that no procedure may take. */
function malformedCall(random: Random, id: number): object {
	for (;;) {
		const { method, path, schema, input } = random.pick(templates);
		const kind = random.below(10);
		if (kind === 0)
			return call(id, method, random.chance(0.5) ? random.pick(wrongPaths) : noise(random, 12), input);
		// A query there is none, and a mutation is no subscription.
		if (kind === 1)
			return call(
				id,
				random.chance(0.5) || method === 'subscription' ? 'query' : 'subscription',
				path,
				input,
			);
		const mutated = mutate(input, random);
		if (!v.safeParse(schema, mutated).success) return call(id, method, path, mutated);
	}
}

const call = (id: unknown, method: string, path: unknown, input: unknown) => ({
	id,
	method,
	params: { path, input },
});

/** A copy with one to three places changed or taken out. */
function mutate(input: object, random: Random): unknown {
	if (random.chance(0.03)) return random.pick(wrongValues)(random);
	const copy = structuredClone(input) as Record<string, unknown>;
	for (let count = 1 + random.below(3); count > 0; count--) {
		let place = copy;
		for (;;) {
			const key = random.pick(Object.keys(place));
			const value = place[key];
			if (
				typeof value === 'object' &&
				value !== null &&
				Object.keys(value).length > 0 &&
				random.chance(0.7)
			) {
				place = value as Record<string, unknown>;
				continue;
			}
			if (random.chance(0.3) && !Array.isArray(place)) Reflect.deleteProperty(place, key);
			else place[key] = random.pick(wrongValues)(random);
			break;
		}
		if (Object.keys(copy).length === 0) break;
	}
	return copy;
}

/** Frames that are refused as a whole, each with one answer. */
const singles: readonly ((random: Random, id: number) => string | Buffer)[] = [
	(random) => noise(random, 8 + random.below(200)),
	(random) => Buffer.from(Array.from({ length: 1 + random.below(200) }, () => random.below(256))),
	(random, id) => {
		const whole = JSON.stringify(malformedCall(random, id));
		return whole.slice(0, 1 + random.below(whole.length - 2));
	},
	(random, id) => broken(JSON.stringify(malformedCall(random, id)), random),
	(random) => JSON.stringify(random.pick([0, -1, true, null, 'text', [null], [1], [[]], [{}], {}])),
	(random, id) =>
		JSON.stringify(call(id, random.pick(['', 'call', 'mutate', 'constructor']), 'room.leave', undefined)),
	(random) => JSON.stringify(call(random.pick([true, {}, [], [1]]), 'mutation', 'room.leave', undefined)),
	(random, id) => JSON.stringify(call(id, 'mutation', random.pick([1, null, {}, ['room.leave']]), undefined)),
	(random, id) =>
		JSON.stringify({ id, method: 'mutation', params: random.pick([null, 1, 'room.leave', undefined]) }),
	(_random, id) => JSON.stringify({ ...call(id, 'mutation', 'room.leave', undefined), jsonrpc: '1.0' }),
	() => JSON.stringify(call(null, 'mutation', 'room.leave', undefined)),
	(_random, id) => `[${Array.from({ length: 300 }, () => `{"id":${id}}`).join()}]`,
	(random) => '['.repeat(1_000 + random.below(20_000)),
];

/** A text with a few characters changed that is no JSON any more. */
function broken(text: string, random: Random): string {
	let changed = text;
	do {
		const at = random.below(changed.length);
		changed = changed.slice(0, at) + noise(random, 1) + changed.slice(at + 1);
	} while (isJson(changed));
	return changed;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** Printable noise that is no JSON, from eight characters on. */
function noise(random: Random, length: number): string {
	let text = length >= 8 ? '}' : '';
	while (text.length < length) text += String.fromCharCode(32 + random.below(95));
	return text;
}

/** An array in an array in an array. */
function nested(depth: number): unknown {
	return depth === 0 ? 1 : [nested(depth - 1)];
}
