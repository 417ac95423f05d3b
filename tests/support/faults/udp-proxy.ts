/**
 * A UDP proxy on loopback that is as bad as it is told to be: delay, loss, rate, blackout, the same in both directions. It stands
 * before a TURN server, so that everything between two relay-only peers passes through it, twice each way.
 */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

export interface UdpWeather {
	/** Each way, in milliseconds. */
	delayMs: number;
	/** The share of packets lost each way, 0 to 1. */
	lossRate: number;
	/** Each way and for each client, in bits a second; what would wait longer than a full queue is lost. */
	rateBps: number;
}

export const fairUdpWeather: UdpWeather = { delayMs: 0, lossRate: 0, rateBps: Infinity };

/** How much a narrow link keeps waiting before it drops, in milliseconds. */
const queueMs = 300;

export interface UdpProxy {
	readonly port: number;
	/** Datagrams taken in so far, both ways. */
	readonly passed: number;
	setWeather(weather: Partial<UdpWeather>): void;
	/** While dark, nothing passes, and what was under way is lost. */
	setDark(dark: boolean): void;
	close(): Promise<void>;
}

export async function startUdpProxy(target: { port: number; host?: string }): Promise<UdpProxy> {
	const targetHost = target.host ?? '127.0.0.1';
	const front = createSocket('udp4');
	/** One socket to the target for each client, so that the target tells them apart. */
	const upstreams = new Map<string, Promise<Socket>>();
	let weather = fairUdpWeather;
	let dark = false;
	let passed = 0;
	let closed = false;

	/** One direction of one client. */
	function createLane(deliver: (packet: Buffer) => void): (packet: Buffer) => void {
		let freeAt = 0;
		return (packet) => {
			passed += 1;
			if (dark || Math.random() < weather.lossRate) return;
			const now = performance.now();
			const startsAt = Math.max(now, freeAt);
			if (startsAt - now > queueMs) return;
			freeAt = startsAt + (packet.length * 8_000) / weather.rateBps;
			const waitMs = freeAt - now + weather.delayMs;
			const arrive = () => {
				if (!dark && !closed) deliver(packet);
			};
			if (waitMs < 1) arrive();
			else setTimeout(arrive, waitMs);
		};
	}

	async function connect(port: number, address: string): Promise<Socket> {
		const upstream = createSocket('udp4');
		upstream.on('error', ignore);
		upstream.on(
			'message',
			createLane((packet) => front.send(packet, port, address, ignore)),
		);
		upstream.bind(0, '127.0.0.1');
		await once(upstream, 'listening');
		return upstream;
	}

	const lanes = new Map<string, (packet: Buffer) => void>();
	front.on('message', (packet, { port, address }) => {
		const client = `${address}:${port}`;
		let lane = lanes.get(client);
		if (!lane) {
			const upstream = connect(port, address);
			upstreams.set(client, upstream);
			lane = createLane((datagram) => {
				void upstream.then((socket) => closed || socket.send(datagram, target.port, targetHost, ignore));
			});
			lanes.set(client, lane);
		}
		lane(packet);
	});
	front.on('error', ignore);
	front.bind(0, '127.0.0.1');
	await once(front, 'listening');

	return {
		port: front.address().port,
		get passed() {
			return passed;
		},
		setWeather(next) {
			weather = { ...weather, ...next };
		},
		setDark(next) {
			dark = next;
		},
		async close() {
			closed = true;
			front.close();
			for (const upstream of await Promise.all(upstreams.values())) upstream.close();
		},
	};
}

/** A datagram that can't be sent is a datagram lost. */
function ignore(): void {}
