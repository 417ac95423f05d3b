/**
 * People who chat, over channels that open and close and a relay that delays, reorders, repeats, refuses and loses, while
 * signaling comes and goes and pages are reloaded; and, where asked for, one among them who does whatever can be done from
 * inside (`hostile-chat.ts`).
 */
import { expect } from 'vitest';
import { createChatSync, type ChatSync, type ChatSyncPorts } from '../../src/lib/call/chat/chat-sync';
import { createPeerInbox, type PeerInbox } from '../../src/lib/call/peer-messages/peer-inbox';
import type { RemoteEnd } from '../../src/lib/call/transport/transport';
import { peerMessageBytesMax } from '../../src/lib/protocol/peer/peer-message';
import { FakeClock } from './fake-clock';
import { fakeCheck, fakeHash, fakeIdentity, type FakeIdentity } from './fake-identity';
import type { Random } from './random';

export const room = 'team-sync';

export interface Crypto {
	identity(name: string): FakeIdentity;
	check: ChatSyncPorts['check'];
	hash: ChatSyncPorts['hash'];
}

export const fakeCrypto: Crypto = { identity: fakeIdentity, check: fakeCheck, hash: fakeHash };

/** What the world needs of somebody in it. */
export interface Member {
	readonly end: RemoteEnd;
	readonly identity: FakeIdentity;
	signalingUp: boolean;
	/** Who this one's client knows to be here. */
	roster: RemoteEnd[];
	/** Those to whom a channel is open, as this side sees it. */
	channels: Set<string>;
	/** Relayed texts the server keeps while signaling is down. */
	outbox: (() => void)[];
	/** Absent where nobody keeps to the rules. */
	chat?: ChatSync;
	receive(from: RemoteEnd, text: string): void;
}

export interface Person extends Member {
	chat: ChatSync;
	inbox: PeerInbox;
}

export function createChatWorld(random: Random, crypto: Crypto = fakeCrypto) {
	/** A server that loses relayed texts it has accepted, which a real one does only before a fresh welcome. */
	const relayLies = random.chance(0.4);
	const clock = new FakeClock();
	const members = new Map<string, Member>();
	/** Every message by the stream it was written in. */
	const written = new Map<string, string[]>();
	/** Counts the channels a pair has had: what is under way when one closes is lost. */
	const generations = new Map<string, number>();
	let faults = true;
	let loads = 0;
	let traffic = 0;
	let pending = 0;

	const pairOf = (a: string, b: string) => [a, b].sort().join();
	const generation = (a: string, b: string) => generations.get(pairOf(a, b)) ?? 0;
	const knows = (a: Member, b: Member) =>
		a.roster.some(({ incarnation }) => incarnation === b.end.incarnation);

	function counted<A extends unknown[], R>(work: (...args: A) => Promise<R>) {
		return async (...args: A): Promise<R> => {
			pending++;
			try {
				return await work(...args);
			} finally {
				pending--;
			}
		};
	}

	function arrive(from: Member, to: string, text: string): void {
		const member = members.get(to);
		if (member && knows(member, from)) member.receive(from.end, text);
	}

	function sendDirect(from: Member, to: string, text: string): boolean {
		if (!from.channels.has(to)) return false;
		traffic++;
		const sentIn = generation(from.end.id, to);
		// One fixed delay: a data channel keeps its order.
		clock.after(40, () => {
			if (generation(from.end.id, to) === sentIn) arrive(from, to, text);
		});
		return true;
	}

	async function sendRelay(from: Member, to: RemoteEnd, text: string): Promise<boolean> {
		const takesMs = random.below(200);
		await new Promise<void>((resolve) => clock.after(takesMs, resolve));
		if (!from.signalingUp || (faults && random.chance(0.2))) return false;
		traffic++;
		const copies = faults ? random.pick(relayLies ? [0, 1, 1, 1, 2] : [1, 1, 2]) : 1;
		for (let copy = 0; copy < copies; copy++) {
			clock.after(random.below(faults ? 4_000 : 100), () => {
				const member = members.get(to.id);
				if (member?.end.incarnation !== to.incarnation) return;
				if (member.signalingUp) arrive(from, to.id, text);
				else member.outbox.push(() => arrive(from, to.id, text));
			});
		}
		return true;
	}

	/** Brings one member's roster up to date, as the server's events do. */
	function hear(member: Member): void {
		member.roster = [...members.values()].filter((other) => other !== member).map(({ end }) => end);
		(member as Partial<Person>).inbox?.setParticipants(member.roster);
		member.chat?.setParticipants(member.roster);
	}

	function enter(member: Member): void {
		members.set(member.end.id, member);
		for (const other of members.values()) if (other.signalingUp) hear(other);
		member.chat?.signalingResumed();
	}

	/** A page load of a person who keeps to the rules. */
	function load(id: string): Person {
		const identity = crypto.identity(`load ${loads++} of ${id} in ${random.seed}`);
		const checkSize = (text: string) =>
			expect(Buffer.byteLength(text), 'bytes of a peer message').toBeLessThanOrEqual(peerMessageBytesMax);
		const chat = createChatSync({
			clock,
			room,
			incarnation: identity.incarnation,
			key: identity.key,
			sign: counted(identity.sign),
			check: counted(crypto.check),
			hash: counted(crypto.hash),
			self: () => ({ id, name: `Name of ${id}` }),
			sendDirect(to, text) {
				checkSize(text);
				return sendDirect(person, to, text);
			},
			sendRelay(to, text) {
				checkSize(text);
				return sendRelay(person, to, text);
			},
			onChange: () => {},
			onNews: () => {},
		});
		const inbox = createPeerInbox({
			clock,
			table: chat.rows,
			dropped: chat.dropped,
		});
		const person: Person = {
			...absent(id, identity),
			chat,
			inbox,
			receive: (from, text) => inbox.handleText(from.id, text, 'channel'),
		};
		written.set(identity.incarnation, []);
		enter(person);
		return person;
	}

	function absent(id: string, identity: FakeIdentity) {
		return {
			end: { id, incarnation: identity.incarnation },
			identity,
			signalingUp: true,
			roster: [],
			channels: new Set<string>(),
			outbox: [],
		};
	}

	function setChannel(a: Member, b: Member, open: boolean, gently = false): void {
		if (open && !(knows(a, b) && knows(b, a))) return;
		if (open === a.channels.has(b.end.id)) return;
		generations.set(pairOf(a.end.id, b.end.id), generation(a.end.id, b.end.id) + 1);
		const now = generation(a.end.id, b.end.id);
		for (const [one, other] of [[a, b] as const, [b, a] as const]) {
			if (open) {
				one.channels.add(other.end.id);
				one.chat?.setChannel(other.end, true);
				continue;
			}
			// The two ends don't hear of it at once, and an end that is closing sends nothing and has not said so yet.
			const closes = () => {
				if (generation(a.end.id, b.end.id) === now) one.channels.delete(other.end.id);
			};
			const tells = () => {
				if (generation(a.end.id, b.end.id) === now) one.chat?.setChannel(other.end, false);
			};
			if (gently) clock.after(random.below(100), closes);
			else closes();
			if (gently) clock.after(100 + random.below(100), tells);
			else tells();
		}
	}

	function leave(member: Member): void {
		for (const other of members.values()) if (other !== member) setChannel(member, other, false);
		member.chat?.close();
		members.delete(member.end.id);
	}

	function setSignaling(member: Member, up: boolean): void {
		if (member.signalingUp === up) return;
		member.signalingUp = up;
		if (!up) {
			member.chat?.signalingLost();
			return;
		}
		const kept = member.outbox.splice(0);
		// A server that was restarted has kept nothing, and says so with a fresh welcome.
		if (!faults || random.chance(0.7)) for (const deliver of kept) deliver();
		hear(member);
		member.chat?.signalingResumed();
	}

	function write(person: Person, text: string): void {
		expect(person.chat.send(text)).toEqual({ ok: true });
		written.get(person.end.incarnation)?.push(text);
	}

	/** Moves time on in steps, and after each waits for the signatures that are being made and checked. */
	async function advance(byMs: number): Promise<void> {
		for (let left = byMs; left > 0 || left === byMs; left -= 1_000) {
			await clock.advance(Math.max(0, Math.min(left, 1_000)));
			while (pending > 0) await new Promise((resolve) => setImmediate(resolve));
		}
	}

	/**
	 * Nothing fails any more. What is down comes up; after a lying relay everything does so afresh, for nobody could
	 * know what it lost. `channels`: all open, all closed, or left as they are.
	 */
	async function restore(channels: 'open' | 'closed' | 'as-they-are'): Promise<void> {
		faults = false;
		for (const member of members.values()) {
			if (relayLies) setSignaling(member, false);
			setSignaling(member, true);
		}
		await advance(10_000);
		for (const a of members.values()) {
			for (const b of members.values()) {
				if (a !== b && channels !== 'as-they-are') setChannel(a, b, channels === 'open');
			}
		}
		await advance(90_000);
	}

	return {
		random,
		crypto,
		clock,
		members,
		written,
		get traffic() {
			return traffic;
		},
		/** Those who keep to the rules. */
		get people() {
			return [...members.values()].filter((member): member is Person => member.chat !== undefined);
		},
		load,
		/** Somebody who need not keep to them. */
		loadHostile(id: string, receive: (from: RemoteEnd, text: string) => void): Member {
			const member = {
				...absent(id, crypto.identity(`load ${loads++} of ${id} in ${random.seed}`)),
				receive,
			};
			enter(member);
			return member;
		},
		leave,
		write,
		setChannel,
		setSignaling,
		advance,
		restore,
		/** By whichever way there is, with no regard for bounds. */
		say(from: Member, to: RemoteEnd, text: string): void {
			if (!sendDirect(from, to.id, text)) void sendRelay(from, to, text);
		},
		connect(id: string): void {
			const member = members.get(id);
			for (const other of members.values()) if (member && other !== member) setChannel(member, other, true);
		},
		close(): void {
			for (const member of [...members.values()]) leave(member);
		},
	};
}
export type ChatWorld = ReturnType<typeof createChatWorld>;
