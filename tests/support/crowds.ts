/** Attacks of many connections, each within its limits: what they do together is what they break. Beside them those of one connection. */
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { defaultTunables } from '../../src/server/tunables';
import {
	call,
	floods,
	joinCall,
	newAddress,
	openAttacker,
	type Attack,
	type Attacker,
	type Target,
} from './attackers';
import { pageLoad } from './page-load';
import { offer } from './server-harness';

type Met = Map<string, number>;

const meet = (met: Met, what: string) => void met.set(what, (met.get(what) ?? 0) + 1);
const isOpen = ({ socket }: Attacker) => socket.readyState === WebSocket.OPEN;

async function openMany(
	target: Target,
	met: Met,
	count: number,
	address = newAddress(),
): Promise<Attacker[]> {
	const opened: Attacker[] = [];
	while (opened.length < count) {
		const some = Array.from({ length: Math.min(30, count - opened.length) }, () =>
			openAttacker(target, { address, met }),
		);
		opened.push(...(await Promise.all(some)));
	}
	return opened;
}

/** Does it every so often until it is stopped or nobody is left, then hangs up. */
async function keepOn(stop: AbortSignal, crowd: Attacker[], everyMs: number, act: () => void): Promise<void> {
	while (!stop.aborted && crowd.some(isOpen)) {
		act();
		await delay(everyMs);
	}
	while (!stop.aborted) await delay(50);
	for (const { socket } of crowd) socket.terminate();
}

/** Nothing where what it said before is still with it: that attacks nobody but itself. */
function tell({ socket }: Attacker, message: object): void {
	if (socket.readyState !== WebSocket.OPEN || socket.bufferedAmount > 1024 * 1024) return;
	socket.send(JSON.stringify(message), () => {});
}

let raised = false;
const toggleHand = () => call('mutation', 'room.update', { hand: (raised = !raised) });

export const crowds: Readonly<Record<string, Attack>> = {
	'calls of 150 connections': async (target, stop, met) => {
		const crowd = await openMany(target, met, 150);
		crowd.forEach((one, index) =>
			tell(one, joinCall(`crowd-${Math.floor(index / 10)}`, pageLoad(`crowd-${index}`))),
		);
		// A hundred a second each.
		await keepOn(stop, crowd, 250, () => {
			for (const one of crowd) tell(one, Array.from({ length: 25 }, toggleHand));
		});
	},
	'batches over HTTP': async (target, stop, met) => {
		const address = newAddress();
		const ask = async () => {
			while (!stop.aborted) meet(met, await postBatch(target, address));
		};
		await Promise.all(Array.from({ length: 20 }, ask));
	},
	'long ids of calls': async (target, stop, met) => {
		const crowd = await openMany(target, met, 50);
		const [first] = crowd;
		if (first) tell(first, joinCall('long-ids', pageLoad('long-ids')));
		const id = 'i'.repeat(250_000);
		for (const one of crowd.slice(1))
			await one.send(JSON.stringify({ ...call('subscription', 'room.peek', { room: 'long-ids' }), id }));
		await keepOn(stop, crowd, 20, () => void (first && tell(first, toggleHand())));
	},
	'watchers of a raised hand': async (target, stop, met) => {
		const crowd = await openMany(target, met, 480);
		for (const one of crowd) tell(one, call('subscription', 'room.peek', { room: 'watched-hand' }));
		const [first] = crowd;
		if (first) tell(first, joinCall('watched-hand', pageLoad('watched-hand')));
		await keepOn(stop, crowd, 20, () => void (first && tell(first, toggleHand())));
	},
	'metrics and health': async (target, stop, met) => {
		const headers = { 'x-forwarded-for': newAddress() };
		const ask = async (path: string) => {
			while (!stop.aborted) {
				const response = await fetch(`http://127.0.0.1:${target.port}${path}`, { headers });
				await response.arrayBuffer();
				meet(met, `${response.status}`);
			}
		};
		const paths = ['/metrics', '/healthz', '/readyz'];
		await Promise.all(Array.from({ length: 30 }, (_, index) => ask(paths[index % 3] ?? '/metrics')));
	},
	'outboxes that nobody reads': outboxesUnread((room) => unreadAddresses[room % 2]),
	'outboxes that nobody reads, filled from ten addresses': outboxesUnread(() => newAddress()),
};

/** Ten rooms with eight in each who read nothing, from two addresses, and four who write to them as much as they may. */
function outboxesUnread(writeFrom: (room: number) => string | undefined): Attack {
	return async (target, stop, met) => {
		const rooms = await Promise.all(
			Array.from({ length: 10 }, async (_, number) => {
				const readers = await openMany(target, met, 8, unreadAddresses[number % 2]);
				const writers = await openMany(target, met, 4, writeFrom(number));
				const seats = [...readers, ...writers].map((one, index) =>
					join(one, `unread-${number}`, pageLoad(`unread-${index}`), index < 8),
				);
				return { crowd: [...readers, ...writers], writers, ids: await Promise.all(seats) };
			}),
		);
		const crowd = rooms.flatMap((room) => room.crowd);
		let turn = 0;
		await keepOn(stop, crowd, 25, () => {
			turn += 1;
			for (const { writers, ids } of rooms) {
				// One after the other: the system's own buffers hide some megabytes for each, and have to be full first.
				const index = Math.floor(turn / 40) % 8;
				for (const writer of writers) tell(writer, signalTo(ids[index] ?? '', pageLoad(`unread-${index}`)));
			}
		});
	};
}

/** Both kinds, by name. */
export const attacks: Readonly<Record<string, Attack>> = { ...floods, ...crowds };

/** Where those come from who read nothing, as others have to know: from what RFC 5737 has for examples. */
export const unreadAddresses = ['198.51.100.1', '198.51.100.2'] as const;

/**
 * Takes a seat; one who is deaf reads nothing from the welcome on, and gives signs of life. Resolves with the participant's id, or `''` where the
 * connection ends before. However long that takes: what is written to nobody attacks nobody.
 */
async function join(attacker: Attacker, room: string, incarnation: string, isDeaf: boolean): Promise<string> {
	const { socket, closed } = attacker;
	tell(attacker, joinCall(room, incarnation));
	return Promise.race([
		closed.then(() => ''),
		new Promise<string>((resolve) =>
			socket.on('message', (data: Buffer) => {
				const id = /"self":\{"id":"([^"]+)"/.exec(data.toString())?.[1];
				if (id === undefined) return;
				if (isDeaf) {
					socket.pause();
					const pongs = setInterval(() => socket.pong(), 1_000);
					void closed.then(() => clearInterval(pongs));
				}
				resolve(id);
			}),
		),
	]);
}

const large = offer('v'.repeat(45_000));
const signalTo = (to: string, incarnation: string) =>
	call('mutation', 'room.signal', { to, incarnation, signal: large });

function postBatch({ port }: Target, address: string): Promise<string> {
	const paths = Array.from({ length: defaultTunables.callsPerRequest }, () => 'room.leave').join();
	const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
	return new Promise((resolve) => {
		const sent = request(
			{ port, host: '127.0.0.1', method: 'POST', path: `/trpc/${paths}?batch=1`, headers },
			(response) => {
				response.resume();
				response.on('close', () => resolve(`${response.statusCode}`));
			},
		);
		sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
		sent.end('{}');
	});
}
