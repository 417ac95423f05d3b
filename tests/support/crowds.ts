/** Attacks of many connections, each within its limits: what they do together is what they break. Beside them those of one connection. */
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
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

const tell = ({ socket }: Attacker, message: object) =>
	socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message), () => {});

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
		await keepOn(stop, crowd, 20, () => first && tell(first, toggleHand()));
	},
	'watchers of a raised hand': async (target, stop, met) => {
		const crowd = await openMany(target, met, 480);
		for (const one of crowd) tell(one, call('subscription', 'room.peek', { room: 'watched-hand' }));
		const [first] = crowd;
		if (first) tell(first, joinCall('watched-hand', pageLoad('watched-hand')));
		await keepOn(stop, crowd, 20, () => first && tell(first, toggleHand()));
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
	'outboxes that nobody reads': async (target, stop, met) => {
		const rooms = await Promise.all(
			Array.from({ length: 10 }, async (_, number) => {
				const crowd = await openMany(target, met, 12, unreadAddresses[number % 2]);
				const seats = crowd.map((one, index) =>
					join(one, `unread-${number}`, pageLoad(`unread-${index}`), index < 8),
				);
				return { crowd, ids: await Promise.all(seats) };
			}),
		);
		const crowd = rooms.flatMap((room) => room.crowd);
		let turn = 0;
		await keepOn(stop, crowd, 25, () => {
			turn += 1;
			for (const room of rooms) {
				for (const writer of room.crowd.slice(8)) {
					const index = turn % 8;
					tell(writer, signalTo(room.ids[index] ?? '', pageLoad(`unread-${index}`)));
				}
			}
		});
	},
};

/** Both kinds, by name. */
export const attacks: Readonly<Record<string, Attack>> = { ...floods, ...crowds };

/** Where those come from who read nothing, as others have to know: from what RFC 5737 has for examples. */
export const unreadAddresses = ['198.51.100.1', '198.51.100.2'] as const;

/** Takes a seat; one who is deaf reads nothing from the welcome on. Resolves with the participant's id, or `''`. */
async function join(attacker: Attacker, room: string, incarnation: string, isDeaf: boolean): Promise<string> {
	tell(attacker, joinCall(room, incarnation));
	return Promise.race([
		delay(5_000, ''),
		new Promise<string>((resolve) =>
			attacker.socket.on('message', (data: Buffer) => {
				const id = /"self":\{"id":"([^"]+)"/.exec(data.toString())?.[1];
				if (id === undefined) return;
				if (isDeaf) attacker.socket.pause();
				resolve(id);
			}),
		),
	]);
}

const large = offer('v'.repeat(45_000));
const signalTo = (to: string, incarnation: string) =>
	call('mutation', 'room.signal', { to, incarnation, signal: large });

function postBatch({ port }: Target, address: string): Promise<string> {
	const paths = Array.from({ length: 32 }, () => 'room.leave').join();
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
