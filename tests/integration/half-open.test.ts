/**
 * A connection that is open and passes nothing, made by a proxy that stalls: noticed on both sides, resumed on another
 * connection with every event once.
 */
import { afterEach, expect, it } from 'vitest';
import { startTcpProxy } from '../support/faults/tcp-proxy';
import { candidate, connectWebSocket, enter } from '../support/server-harness';
import { startServerProcess } from '../support/server-process';
import { joinAsPerson, textOf } from '../support/signaling-person';

const cleanup: (() => unknown)[] = [];
afterEach(async () => {
	for (const action of cleanup.splice(0).reverse()) await action();
});

const stallMs = 30_000;
const noticeMs = 10_000;

it(
	'[E2] [P4] half-open for 30 seconds: noticed within 10 on both sides, resumed with every event once',
	{ timeout: 90_000 },
	async () => {
		const server = await startServerProcess();
		cleanup.push(() => server.dispose());
		const proxy = await startTcpProxy({ port: server.port });
		cleanup.push(() => proxy.close());

		const annClient = connectWebSocket(server);
		cleanup.push(() => annClient.close());
		const ann = await enter(annClient, { room: 'half-open' });

		// Bob uses what browsers use, through the proxy.
		const bob = joinAsPerson(proxy.origin, 'half-open', 'Bob');
		cleanup.push(() => bob.close());
		const recipient = { to: await bob.id, incarnation: bob.incarnation };
		let sent = 0;
		const tell = () => annClient.trpc.room.signal.mutate({ ...recipient, signal: candidate((sent += 1)) });
		for (let count = 0; count < 5; count++) await tell();
		await expect.poll(() => bob.received().length).toBe(5);

		const stalledAt = Date.now();
		// Being without a connection may last but a few milliseconds.
		let clientNoticedMs = Infinity;
		bob.signaling.onStateChange((state) => {
			if (state === 'reconnecting') clientNoticedMs = Math.min(clientNoticedMs, Date.now() - stalledAt);
		});
		// What is connected hangs; what is opened anew passes, as after a switch of networks.
		proxy.stall();
		const talking = setInterval(() => void tell(), 100);
		cleanup.push(() => clearInterval(talking));

		await expect.poll(() => bob.resumes, { timeout: noticeMs, interval: 20 }).toBe(1);
		const resumedMs = Date.now() - stalledAt;
		const metrics = async () => (await fetch(`${server.origin}/metrics`)).text();
		await expect
			.poll(metrics, { timeout: noticeMs, interval: 50 })
			.toContain('parley_connections_cut_total{reason="silent"} 1');
		const serverNoticedMs = Date.now() - stalledAt;
		expect(Math.max(clientNoticedMs, serverNoticedMs, resumedMs)).toBeLessThan(noticeMs);

		// The old connection comes back from the dead, after it was replaced.
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, stallMs - (Date.now() - stalledAt))));
		proxy.resume();
		clearInterval(talking);
		await tell();
		await expect.poll(() => bob.received().length, { timeout: 10_000 }).toBe(sent);
		expect(bob.received()).toEqual(Array.from({ length: sent }, (_, index) => textOf(index + 1)));
		expect(bob.heard.filter(({ type }) => type === 'welcome')).toHaveLength(1);
		expect(bob.ended).toBeNull();
		expect(ann.heard.map(({ event }) => event.type)).not.toContain('participant-left');
		console.log(
			`half-open: client noticed after ${clientNoticedMs} ms, server after ${serverNoticedMs} ms, resumed after ${resumedMs} ms; ${sent} signals, each once`,
		);
	},
);
