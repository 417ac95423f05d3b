/**
 * How long a signal takes from one well-behaved participant to another, with nobody else on the server and under each of several
 * attacks, and what the server's processor has to do meanwhile. The server, the attack and the two who measure are a process each.
 */
import { availableParallelism } from 'node:os';
import {
	candidate,
	connectWebSocket,
	enter,
	joinInput,
	type TestClient,
} from '../../tests/support/server-harness';
import type { Welcome } from '../../src/lib/protocol';
import { startFlooder, type Flooder } from '../../tests/support/flooder';
import { startServerProcess } from '../../tests/support/server-process';
import { delay, metric, percentile, rounded, type BenchResult } from './bench';

/** Signals a second: a room of two in the middle of joining. */
const everyMs = 10;
const measuredMs = 2_500;
const turns = 3;
const settleMs = 3_000;
const mostTimesUnloaded = 2;
/** What a busy machine adds to any of them; below it the processor's time says more. */
const noiseMs = 5;

/** `names` of attacks (`tests/support/crowds.ts`). */
export async function benchAttacks(names: readonly string[]): Promise<BenchResult> {
	const server = await startServerProcess({ LOG_LEVEL: 'error' });
	const ann = connectWebSocket(server);
	const bob = connectWebSocket(server);
	await enter(ann, { room: 'measured' });
	const arrivals = new Map<string, () => void>();
	const { self } = await new Promise<Welcome>((resolve) => {
		bob.trpc.room.join.subscribe(joinInput({ room: 'measured' }), {
			onData({ data }) {
				if (data.type === 'welcome') resolve(data);
				else if (data.type === 'signal' && data.signal.kind === 'candidate')
					arrivals.get(data.signal.candidate)?.();
			},
		});
	});
	const measure = () => relayLatencies(ann, { to: self.id, incarnation: self.incarnation }, arrivals);

	const cpuSeconds = () => metric(server, 'process_cpu_seconds_total');
	const flooder = await startFlooder(server, 19);
	await measure();
	const rows: BenchResult['rows'] = [];
	const ratios: BenchResult['ratios'] = [];
	for (const name of names) {
		const { unloaded, burst, loaded, cpu } = await compare(flooder, name, measure, cpuSeconds);
		const ratio = percentile(loaded, 0.99) / Math.max(noiseMs, percentile(unloaded, 0.99));
		rows.push({
			flood: name,
			'unloaded p50 ms': rounded(percentile(unloaded, 0.5)),
			'unloaded p99 ms': rounded(percentile(unloaded, 0.99)),
			'burst p99 ms': rounded(percentile(burst, 0.99)),
			'flooded p50 ms': rounded(percentile(loaded, 0.5)),
			'flooded p99 ms': rounded(percentile(loaded, 0.99)),
			'p99 ratio': rounded(ratio),
			'CPU of a core': rounded(cpu),
			'resident MB': rounded((await metric(server, 'process_resident_memory_bytes')) / 1024 / 1024, 0),
		});
		ratios.push({
			what: `p99 under a flood of ${name}, against unloaded, or ${noiseMs} ms where that is less`,
			is: ratio,
			most: mostTimesUnloaded,
		});
	}
	await flooder.end();
	await ann.close();
	await bob.close();
	await server.dispose();
	if (availableParallelism() < 3)
		console.log('  Fewer than three cores: the flood itself takes time from the server.');
	return { rows, ratios };
}

/**
 * Unloaded before the attack and after it, when what it left in sockets is gone: while an attack is only held up, that is still served.
 */
async function compare(
	flooder: Flooder,
	name: string,
	measure: () => Promise<number[]>,
	cpuSeconds: () => Promise<number>,
) {
	const unloaded = await measure();
	await flooder.start(name);
	// What every limit allows at first, which is a matter of moments, is told apart.
	const burst = await measure();
	const loaded: number[] = [];
	const [before, began] = [await cpuSeconds(), performance.now()];
	for (let turn = 0; turn < turns; turn++) loaded.push(...(await measure()));
	const cpu = ((await cpuSeconds()) - before) / ((performance.now() - began) / 1_000);
	await flooder.stop();
	await delay(settleMs);
	unloaded.push(...(await measure()));
	return { unloaded, burst, loaded, cpu };
}

let signals = 0;
/** From the call to the arrival, for a signal every few milliseconds, in milliseconds. */
async function relayLatencies(
	sender: TestClient,
	recipient: { to: string; incarnation: string },
	arrivals: Map<string, () => void>,
): Promise<number[]> {
	const latencies: Promise<number>[] = [];
	const endsAt = performance.now() + measuredMs;
	while (performance.now() < endsAt) {
		const signal = candidate((signals += 1), 'x'.repeat(80));
		const key = signal.kind === 'candidate' ? signal.candidate : '';
		const began = performance.now();
		latencies.push(
			new Promise((resolve) => {
				arrivals.set(key, () => {
					arrivals.delete(key);
					resolve(performance.now() - began);
				});
			}),
		);
		await Promise.all([sender.trpc.room.signal.mutate({ ...recipient, signal }), delay(everyMs)]);
	}
	return Promise.all(latencies);
}
