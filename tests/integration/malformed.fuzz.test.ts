/**
 * A million messages of which not one is right: each is answered with an error that has a code, nothing crashes, nothing is
 * kept. `SEED=…` runs one seed again.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { isErrorCode, type WireError } from '../../src/lib/protocol';
import { defaultTunables } from '../../src/server/tunables';
import { malformedFrames, type MalformedFrame } from '../support/malformed';
import { seedFromEnvironment, seededRandom } from '../support/random';
import { connectWebSocket, enter, startServer } from '../support/server-harness';

const messagesTotal = 1_000_000;
const batch = 250;
const connections = 4;
/** Answers a connection may be owed before it waits for them. */
const window = 1_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMegabytes(): number {
	collectGarbage();
	return process.memoryUsage().heapUsed / 1024 / 1024;
}

it(
	'[X1] answers a million malformed messages with a code each, and is none the larger for it',
	{ timeout: 400_000 },
	async () => {
		const seed = seedFromEnvironment();
		const unlimited = { perSecond: 1e12, burst: 1e12 };
		const server = await startServer({
			logLevel: 'silent',
			tunables: {
				messages: unlimited,
				joins: unlimited,
				frames: unlimited,
				frameBytes: unlimited,
				errors: unlimited,
				shared: {
					...defaultTunables.shared,
					calls: { ofAddress: unlimited, ofAll: unlimited },
					frames: { ofAddress: unlimited, ofAll: unlimited },
					frameBytes: { ofAddress: unlimited, ofAll: unlimited },
				},
			},
		});
		const bystander = connectWebSocket(server);
		await enter(bystander, { room: 'bystanders' });

		const codes = new Map<string, number>();
		const began = Date.now();
		let messages = 0;
		let frames = 0;
		const random = seededRandom(seed);
		const source = malformedFrames(random, batch);

		const sockets = await Promise.all(
			Array.from({ length: connections }, () => openProbe(server.port, codes)),
		);
		async function run(until: number): Promise<void> {
			await Promise.all(
				sockets.map(async (probe) => {
					while (messages < until) {
						const { value: frame } = source.next();
						messages += frame.messages;
						frames += 1;
						await probe.send(frame);
					}
					await probe.settled();
				}),
			);
		}
		await run(messagesTotal / 10);
		const heapBefore = heapMegabytes();
		await run(messagesTotal);
		const heapAfter = heapMegabytes();

		await bystander.trpc.room.update.mutate({ hand: true });
		const seconds = (Date.now() - began) / 1_000;
		const counted = [...codes].map(([code, count]) => `${count} ${code}`).join(', ');
		console.log(
			`seed ${seed}: ${messages} malformed messages in ${frames} frames, ${seconds.toFixed(0)} s; ` +
				`answers: ${counted}; heap ${heapBefore.toFixed(1)} → ${heapAfter.toFixed(1)} MB`,
		);
		expect([...codes.keys()].filter((code) => !isErrorCode(code))).toEqual([]);
		expect(codes.get('internal') ?? 0).toBe(0);
		expect(sockets.map(({ outstanding }) => outstanding())).toEqual(sockets.map(() => 0));
		expect(heapAfter - heapBefore).toBeLessThan(8);
		for (const { socket } of sockets) socket.close();
		await bystander.close();
		await server.stop();
	},
);

/** A connection that says anything, and notes the code of each answer. */
async function openProbe(port: number, codes: Map<string, number>) {
	const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`);
	let owed = 0;
	let ended: Error | null = null;
	/** Whoever waits for an answer or the end. A race against a promise of the end would keep something of every wait. */
	let wake: () => void = () => {};
	async function news(): Promise<void> {
		if (!ended) await new Promise<void>((resolve) => (wake = resolve));
		if (ended) throw ended;
	}
	const end = (cause: Error) => {
		ended ??= cause;
		wake();
	};
	socket.on('message', (data: Buffer) => {
		const answer = JSON.parse(data.toString()) as { error?: { data?: { parley?: WireError } } };
		const code = answer.error?.data?.parley?.code ?? `no error: ${data.toString().slice(0, 200)}`;
		codes.set(code, (codes.get(code) ?? 0) + 1);
		owed -= 1;
		wake();
	});
	socket.on('open', () => wake());
	socket.on('close', (code) => end(new Error(`closed with ${code}, ${owed} answers owed`)));
	socket.on('error', end);
	await news();

	async function until(most: number): Promise<void> {
		while (owed > most) await news();
	}
	return {
		socket,
		outstanding: () => owed,
		async send({ data, answers }: MalformedFrame): Promise<void> {
			owed += answers;
			socket.send(data);
			await until(window);
		},
		settled: () => until(0),
	};
}
