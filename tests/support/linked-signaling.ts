/**
 * Links that queue, delay, lose, repeat and reorder what is sent over them, and a room of meshes joined by such links:
 * as much of a server as negotiation needs. A seed decides the weather.
 */
import { createMesh, type Mesh } from '../../src/lib/call/mesh/mesh';
import type { Clock, PeerConnection } from '../../src/lib/platform/platform';
import { slots, type RemoteEnd, type RemoteMedia } from '../../src/lib/call/transport/transport';
import type { Signal } from '../../src/lib/protocol';
import type { Random } from './random';

export interface Weather {
	/** The longest a message takes, in milliseconds. */
	delayMs: number;
	lossRate: number;
	repeatRate: number;
	/** Whether a later message may overtake an earlier one. */
	reorders: boolean;
}

export const fairWeather: Weather = { delayMs: 20, lossRate: 0, repeatRate: 0, reorders: false };

export interface Link<Message> {
	send(message: Message): void;
	/** While down, messages wait. */
	setUp(up: boolean): void;
	/** Ends the link; what is on its way is lost. */
	close(): void;
}

export function createLink<Message>(
	clock: Clock,
	random: Random,
	weather: () => Weather,
	deliver: (message: Message) => void,
): Link<Message> {
	let up = true;
	let closed = false;
	let waiting: Message[] = [];
	let lastArrival = 0;

	function dispatch(message: Message): void {
		const { delayMs, reorders } = weather();
		let arrival = clock.now() + random.below(delayMs + 1);
		if (!reorders) lastArrival = arrival = Math.max(arrival, lastArrival);
		clock.after(arrival - clock.now(), () => {
			if (!closed) deliver(message);
		});
	}

	return {
		send(message) {
			if (random.chance(weather().lossRate)) return;
			for (const copy of random.chance(weather().repeatRate) ? [message, message] : [message]) {
				if (up) dispatch(copy);
				else waiting.push(copy);
			}
		},
		setUp(next) {
			up = next;
			if (!up) return;
			const released = waiting;
			waiting = [];
			for (const message of released) dispatch(message);
		},
		close() {
			closed = true;
			waiting = [];
		},
	};
}

/** What the room tells a member. Rosters carry a version, for those that a bad link brings late. */
type RoomEvent =
	| { type: 'roster'; version: number; ends: RemoteEnd[]; welcome: boolean }
	| { type: 'signal'; from: RemoteEnd; signal: Signal };

export interface Member {
	readonly end: RemoteEnd;
	readonly mesh: Mesh;
	/** The last snapshot told, by participant. */
	readonly told: Map<string, RemoteMedia>;
	readonly messages: string[];
	readonly published: Map<string, MediaStreamTrack | null>;
	readonly toRoom: Link<{ to: RemoteEnd; signal: Signal }>;
	readonly fromRoom: Link<RoomEvent>;
}

export interface LinkedRoom {
	readonly members: Map<string, Member>;
	weather: Weather;
	/** Joins, or comes back as a new page load, without a lobby. */
	join(id: string): Member;
	/** Stands in the lobby and gathers offers; `enter` joins with those that are ready. */
	prepare(id: string): { enter: () => Member };
	leave(id: string): void;
	/** Fair weather, all links up, and everybody told that signaling is back. */
	heal(): void;
	close(): void;
}

export function createLinkedRoom(options: {
	clock: Clock;
	random: Random;
	createPeerConnection(configuration: RTCConfiguration, owner: string): PeerConnection;
	/** Sees each signal that is on its way to somebody who is there. */
	watch?(from: RemoteEnd, to: RemoteEnd, signal: Signal): void;
}): LinkedRoom {
	const { clock, random } = options;
	const members = new Map<string, Member>();
	let version = 0;
	let loads = 0;

	function makeMember(id: string): Member {
		const end: RemoteEnd = { id, incarnation: `load${++loads}` };
		let seen = 0;
		const createPeerConnection = (configuration: RTCConfiguration) =>
			options.createPeerConnection(configuration, id);
		const mesh = createMesh(
			{ clock, createPeerConnection },
			{
				sendSignal: (to, signal) => member.toRoom.send({ to, signal }),
				mediaChanged: (remote, media) => void member.told.set(remote, media),
				messageReceived: (_, text) => void member.messages.push(text),
				stalled: () => {},
			},
		);
		const member: Member = {
			end,
			mesh,
			told: new Map(),
			messages: [],
			published: new Map(slots.map((slot) => [slot, null])),
			toRoom: createLink(
				clock,
				random,
				() => room.weather,
				({ to, signal }) => relay(end, to, signal),
			),
			fromRoom: createLink(
				clock,
				random,
				() => room.weather,
				(event) => {
					if (event.type === 'signal') mesh.handleSignal(event.from, event.signal);
					else if (event.version > seen) {
						seen = event.version;
						mesh.sync(end, event.ends, () => event.welcome);
					}
				},
			),
		};
		return member;
	}

	function relay(from: RemoteEnd, to: RemoteEnd, signal: Signal): void {
		const recipient = members.get(to.id);
		if (members.get(from.id)?.end !== from || recipient?.end.incarnation !== to.incarnation) return;
		options.watch?.(from, to, signal);
		recipient.fromRoom.send({ type: 'signal', from, signal });
	}

	/** The roster must not be lost for good, whatever the weather: the real one comes again with each resume. */
	function announce(newcomer?: Member): void {
		version++;
		const ends = [...members.values()].map(({ end }) => end);
		for (const member of members.values()) {
			member.fromRoom.send({ type: 'roster', version, ends, welcome: member === newcomer });
		}
	}

	function drop(id: string): void {
		const member = members.get(id);
		if (!member) return;
		members.delete(id);
		member.mesh.close();
		member.toRoom.close();
		member.fromRoom.close();
	}

	const room: LinkedRoom = {
		members,
		weather: fairWeather,
		prepare(id) {
			const member = makeMember(id);
			member.mesh.prepare([...members.values()].map(({ end }) => end).filter((end) => end.id !== id));
			return {
				enter() {
					const offers = member.mesh.takeOffers();
					drop(id);
					members.set(id, member);
					announce(member);
					for (const { to, incarnation, signal } of offers) {
						relay(member.end, { id: to, incarnation }, signal);
					}
					return member;
				},
			};
		},
		join(id) {
			return room.prepare(id).enter();
		},
		leave(id) {
			drop(id);
			announce();
		},
		heal() {
			room.weather = fairWeather;
			announce();
			for (const { mesh, toRoom, fromRoom } of members.values()) {
				toRoom.setUp(true);
				fromRoom.setUp(true);
				mesh.signalingResumed();
			}
		},
		close() {
			for (const id of [...members.keys()]) drop(id);
		},
	};
	return room;
}
