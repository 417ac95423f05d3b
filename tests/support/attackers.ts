/**
 * Clients that mean harm, for servers under test: each breaks one limit as hard as it can until it is told to stop. Each comes from an
 * address of its own, as behind a proxy on this machine.
 */
import { connect as connectTcp, type Socket } from 'node:net';
import { request } from 'node:http';
import { WebSocket } from 'ws';
import { protocolVersion } from '../../src/lib/protocol';
import { seededRandom } from './random';
import { pageLoad } from './page-load';

export interface Target {
	port: number;
}

let addresses = process.pid << 6;
/** An address from 198.18.0.0/15, which is for tests (RFC 2544). */
export function newAddress(): string {
	addresses += 1;
	return `198.${18 + ((addresses >> 16) & 1)}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

export interface Attacker {
	readonly socket: WebSocket;
	/** Codes of the errors it was answered with, and `closed 1008`, `refused 429` and the like, with their numbers. */
	readonly met: Map<string, number>;
	/** Sends, and waits while its own buffer is full. */
	send(data: string | Buffer): Promise<void>;
	/** Resolves with the close code. */
	readonly closed: Promise<number>;
}

/** Resolves when open, or with a closed one when it was refused. */
export async function openAttacker(
	{ port }: Target,
	{ address = newAddress(), met = new Map<string, number>() } = {},
): Promise<Attacker> {
	const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`, { headers: { 'x-forwarded-for': address } });
	const meet = (what: string) => void met.set(what, (met.get(what) ?? 0) + 1);
	const closed = new Promise<number>((resolve) =>
		socket.on('close', (code) => (meet(`closed ${code}`), resolve(code))),
	);
	socket.on('error', (error) => meet(/response: (\d+)/.exec(error.message)?.[1] ?? 'socket error'));
	socket.on('message', (data: Buffer) => {
		const code = /"parley":\{"code":"([a-z-]+)"/.exec(data.toString())?.[1];
		if (code !== undefined) meet(code);
	});
	await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
	return {
		socket,
		met,
		closed,
		async send(data) {
			if (socket.readyState !== WebSocket.OPEN) return;
			socket.send(data, () => {});
			while (socket.bufferedAmount > 1024 * 1024 && socket.readyState === WebSocket.OPEN) await turn();
		},
	};
}

/** Lets everything else in this process have its turn. */
export function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

let calls = 0;
export function call(method: 'mutation' | 'subscription', path: string, input?: unknown): object {
	return { id: (calls += 1), method, params: { path, input } };
}

export function joinCall(room: string, incarnation: string, extra: object = {}): object {
	const publications = { microphone: false, camera: false, screen: false };
	const input = { protocol: protocolVersion, room, name: 'Mallory', incarnation, publications, ...extra };
	return call('subscription', 'room.join', input);
}

/** Sends what `next` makes as fast as it is taken, opening another connection whenever the last was closed. */
async function flood(
	target: Target,
	stop: AbortSignal,
	met: Map<string, number>,
	next: (count: number) => string | Buffer,
	begin?: (attacker: Attacker) => Promise<void>,
): Promise<void> {
	const address = newAddress();
	for (let count = 0; !stop.aborted;) {
		const attacker = await openAttacker(target, { address, met });
		await begin?.(attacker);
		while (!stop.aborted && attacker.socket.readyState === WebSocket.OPEN) {
			await attacker.send(next((count += 1)));
			if (count % 20 === 0) await turn();
		}
		attacker.socket.terminate();
		await turn();
	}
}

const text = (...parts: object[]) => JSON.stringify(parts.length === 1 ? parts[0] : parts);
const join = (attacker: Attacker) =>
	attacker.send(text(joinCall('hostile-room', pageLoad(newAddress().replaceAll('.', '-')))));

/** Goes on until it is stopped, and counts in `met` how it was answered. */
export type Attack = (target: Target, stop: AbortSignal, met: Map<string, number>) => Promise<void>;

/** One hostile connection for each limit, opened again whenever it is cut. */
export const floods: Readonly<Record<string, Attack>> = {
	'well-formed calls': (target, stop, met) =>
		flood(
			target,
			stop,
			met,
			(count) => text(call('mutation', 'room.update', { hand: count % 2 === 0 })),
			join,
		),
	'batches of calls': (target, stop, met) => {
		const batch = text(...Array.from({ length: 256 }, () => call('mutation', 'room.update', { hand: true })));
		return flood(target, stop, met, () => batch, join);
	},
	'batches of too many calls': (target, stop, met) => {
		const batch = `[${Array.from({ length: 20_000 }, () => '{"id":1}').join()}]`;
		return flood(target, stop, met, () => batch);
	},
	joins: (target, stop, met) =>
		flood(target, stop, met, (count) =>
			text(joinCall(`hostile-${count}`, pageLoad(`page-${count}-of-many`)), call('mutation', 'room.leave')),
		),
	subscriptions: (target, stop, met) =>
		flood(target, stop, met, (count) =>
			text(call('subscription', 'room.peek', { room: `hostile-${count}` })),
		),
	'oversized frames': (target, stop, met) => {
		const frame = 'x'.repeat(1024 * 1024);
		return flood(target, stop, met, () => frame);
	},
	'malformed frames': (target, stop, met) => flood(target, stop, met, (count) => `{"malformed": ${count}`),
	'deeply nested frames': (target, stop, met) => {
		const frame = '['.repeat(250_000);
		return flood(target, stop, met, () => frame);
	},
	'large relayed messages': (target, stop, met) => {
		const sealed = 'A'.repeat(32_000);
		const to = { to: 'nobody-here', incarnation: pageLoad('nobody-here') };
		return flood(target, stop, met, () => text(call('mutation', 'room.relay', { ...to, sealed })), join);
	},
	'forged tokens': (target, stop, met) => {
		const random = seededRandom(1);
		const forged = () => Buffer.from(`{"room":"a-room","id":"${random.next()}"}`).toString('base64url');
		return flood(target, stop, met, (count) =>
			text(joinCall('a-room', pageLoad(`page-${count}-of-many`), { token: `${forged()}.${forged()}` })),
		);
	},
	pings: (target, stop, met) =>
		flood(
			target,
			stop,
			met,
			() => 'PING',
			(attacker) => {
				for (let count = 0; count < 5_000; count++) attacker.socket.ping();
				return turn();
			},
		),
	connections: async (target, stop, met) => {
		const address = newAddress();
		const held: Attacker[] = [];
		while (!stop.aborted) {
			const attacker = await openAttacker(target, { address, met });
			if (attacker.socket.readyState === WebSocket.OPEN) held.push(attacker);
			await turn();
		}
		for (const { socket } of held) socket.terminate();
	},
	'bodies over HTTP': async (target, stop, met) => {
		const address = newAddress();
		// Too large to be taken, not so large that it is not read.
		const body = 'x'.repeat(500 * 1024);
		while (!stop.aborted) {
			const status = await post(target, address, body);
			met.set(status, (met.get(status) ?? 0) + 1);
		}
	},
	'pages over HTTP': async (target, stop, met) => {
		const headers = { 'x-forwarded-for': newAddress() };
		while (!stop.aborted) {
			const response = await fetch(`http://127.0.0.1:${target.port}/`, { headers });
			await response.arrayBuffer();
			met.set(`${response.status}`, (met.get(`${response.status}`) ?? 0) + 1);
		}
	},
};

/** The status, or how the connection ended. */
function post({ port }: Target, address: string, body: string): Promise<string> {
	return new Promise((resolve) => {
		const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
		const sent = request(
			{ port, host: '127.0.0.1', method: 'POST', path: '/trpc/room.update', headers },
			(response) => {
				response.resume();
				response.on('close', () => resolve(`${response.statusCode}`));
			},
		);
		sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
		sent.end(body);
	});
}

/** A TCP connection that says this and no more. */
export function openTcp({ port }: Target, says = ''): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const socket = connectTcp(port, '127.0.0.1', () => resolve(socket));
		socket.on('error', reject);
		socket.write(says);
	});
}
