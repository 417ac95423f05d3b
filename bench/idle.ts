/**
 * Ten thousand participants who sit and wait, two to a room: what each costs the server in memory, and how long somebody who
 * joins then waits for the welcome. Fewer where this process may not open as many sockets.
 */
import { execFileSync } from 'node:child_process';
import { joinCall, newAddress, openAttacker, type Attacker } from '../tests/support/attackers';
import { connectWebSocket, enter } from '../tests/support/server-harness';
import { startServerProcess } from '../tests/support/server-process';
import { delay, metric, percentile, rounded, type BenchResult } from './support/bench';
import { pageLoad } from '../tests/support/page-load';

const wanted = 10_000;
const atOnce = 100;
const joins = 40;
/** What a plain tRPC server with `events.on` takes for a waiting participant, measured before this one was written. */
const plainKilobytes = 58;
const promptMs = 500;

export async function bench(): Promise<BenchResult> {
	const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
	const count = limit === 'unlimited' ? wanted : Math.min(wanted, Number(limit) - 500);
	const server = await startServerProcess({ LOG_LEVEL: 'error' });
	const resident = () => metric(server, 'process_resident_memory_bytes');
	const heap = () => metric(server, 'nodejs_heap_size_used_bytes');

	const join = async (): Promise<number> => {
		const client = connectWebSocket(server);
		const began = performance.now();
		await enter(client, { room: 'joining' });
		const tookMs = performance.now() - began;
		await client.trpc.room.leave.mutate();
		await client.close();
		return tookMs;
	};
	const joinTimes = async (): Promise<number[]> => {
		const times: number[] = [];
		while (times.length < joins) times.push(await join());
		return times;
	};
	await joinTimes();
	const empty = await joinTimes();
	const before = { resident: await resident(), heap: await heap() };

	const idle: Attacker[] = [];
	const began = performance.now();
	while (idle.length < count) {
		const some = Math.min(atOnce, count - idle.length);
		const opened = await Promise.all(
			Array.from({ length: some }, async (_, index) => {
				const number = idle.length + index;
				const waiting = await openAttacker(server, { address: newAddress() });
				const welcomed = new Promise((resolve) => waiting.socket.once('message', resolve));
				waiting.socket.send(JSON.stringify(joinCall(`idle-${number >> 1}`, pageLoad(`idle-page-${number}`))));
				await welcomed;
				return waiting;
			}),
		);
		idle.push(...opened);
	}
	const openedMs = performance.now() - began;
	// Long enough for every one of them to have been pinged, and for what joining left behind to be collected.
	await delay(10_000);
	const after = { resident: await resident(), heap: await heap() };
	const participants = await metric(server, 'parley_participants');
	const cpuBefore = await metric(server, 'process_cpu_seconds_total');
	await delay(10_000);
	const cpu = ((await metric(server, 'process_cpu_seconds_total')) - cpuBefore) / 10;
	const crowded = await joinTimes();

	for (const { socket } of idle) socket.terminate();
	await server.dispose();
	const kilobytes = (after.resident - before.resident) / 1024 / count;
	return {
		rows: [
			{
				idle: participants,
				'opened in s': rounded(openedMs / 1_000, 1),
				'resident KB each': rounded(kilobytes, 1),
				'heap KB each': rounded((after.heap - before.heap) / 1024 / count, 1),
				'CPU of a core': rounded(cpu),
				'join p50 ms, empty': rounded(percentile(empty, 0.5), 1),
				'join p50 ms': rounded(percentile(crowded, 0.5), 1),
				'join p95 ms': rounded(percentile(crowded, 0.95), 1),
			},
		],
		ratios: [
			{
				what: `resident KB of an idle participant, against ${plainKilobytes} of a plain tRPC server`,
				is: kilobytes / plainKilobytes,
				most: 1,
			},
			{
				what: `p95 of a join among ${participants}, against ${promptMs} ms`,
				is: percentile(crowded, 0.95) / promptMs,
				most: 1,
			},
		],
	};
}
