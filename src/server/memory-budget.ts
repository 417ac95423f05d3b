/**
 * Bounds what is kept for clients that do not read, in outboxes and sockets, for each address and in all. Each may hold as much as is
 * left, so that those who read nothing get less and less room, and the others keep theirs. Beyond half of it, no new seats are given.
 */
import type { Caller } from './address';
import type { Clock } from './clock';
import type { Log } from './log';

export interface MemoryBudget {
	/** From now on, the open account of this name belongs to these networks. Until then it counts in the total, and for no address. */
	own(name: string, networks: Caller['networks']): void;
	/** @param unreadBytes how much of what is held nobody has read yet */
	open(name: string, unreadBytes: () => number): Account;
	/** True when so much waits unread, for one of these networks or in all, that nobody else may join. */
	isFull(networks: Caller['networks']): boolean;
}

export interface Account {
	/** It holds this many bytes now. */
	hold(bytes: number): void;
	/** The most that it may hold right now, in bytes. */
	most(): number;
	close(): void;
}

export interface MemoryLimits {
	ofAddress: number;
	ofAll: number;
}

export const unlimitedMemory: MemoryBudget = {
	own() {},
	open: () => ({ hold() {}, most: () => Infinity, close() {} }),
	isFull: () => false,
};

/** A client that reads needs no more than this. With less, it would have to be shown the room anew all the time. */
const leastBytes = 16 * 1024;
/** What waits changes slowly, and counting all of it takes a while. */
const countEveryMs = 500;
const tellEveryMs = 60_000;

export function createMemoryBudget(
	limits: MemoryLimits,
	{ clock, log }: { clock: Pick<Clock, 'now'>; log: Pick<Log, 'warn'> },
): MemoryBudget {
	const owners = new Map<string, Caller['networks']>();
	const accounts = new Map<string, { held: number; unreadBytes: () => number }>();
	const heldOf = new Map<string, number>();
	let heldInAll = 0;
	let unread = { countedAt: -Infinity, inAll: 0, of: new Map<string, number>() };
	let toldAt = -Infinity;

	const networksOf = (name: string) => owners.get(name) ?? [];

	function add(networks: Caller['networks'], bytes: number): void {
		for (const { key } of networks) {
			const held = (heldOf.get(key) ?? 0) + bytes;
			if (held > 0) heldOf.set(key, held);
			else heldOf.delete(key);
		}
	}

	function hold(name: string, bytes: number): void {
		const account = accounts.get(name);
		if (!account || account.held === bytes) return;
		heldInAll += bytes - account.held;
		add(networksOf(name), bytes - account.held);
		account.held = bytes;
	}

	function most(name: string): number {
		const leftInAll = limits.ofAll - heldInAll;
		const left = networksOf(name).map(
			({ key, width }) => Math.min(limits.ofAddress * width, leftInAll) - (heldOf.get(key) ?? 0),
		);
		return Math.max(leastBytes, Math.min(leftInAll, ...left));
	}

	function countUnread() {
		const now = clock.now();
		if (now - unread.countedAt < countEveryMs) return unread;
		unread = { countedAt: now, inAll: 0, of: new Map() };
		for (const [name, { unreadBytes }] of accounts) {
			const bytes = unreadBytes();
			unread.inAll += bytes;
			for (const { key } of networksOf(name)) unread.of.set(key, (unread.of.get(key) ?? 0) + bytes);
		}
		return unread;
	}

	function isFull(networks: Caller['networks']): boolean {
		const isHalf = (bytes: number, limit: number) => bytes >= limit / 2;
		// What waits is part of what is held.
		const mayBe = (held: ReadonlyMap<string, number>, inAll: number) =>
			isHalf(inAll, limits.ofAll) ||
			networks.some(({ key, width }) => isHalf(held.get(key) ?? 0, limits.ofAddress * width));
		if (!mayBe(heldOf, heldInAll)) return false;
		const { of, inAll } = countUnread();
		return mayBe(of, inAll);
	}

	return {
		own(name, networks) {
			const { held } = accounts.get(name) ?? {};
			if (held === undefined) return;
			add(networksOf(name), -held);
			owners.set(name, networks);
			add(networks, held);
		},
		open(name, unreadBytes) {
			hold(name, 0);
			const account = { held: 0, unreadBytes };
			accounts.set(name, account);
			return {
				hold: (bytes) => hold(name, bytes),
				most: () => most(name),
				close() {
					if (accounts.get(name) !== account) return;
					hold(name, 0);
					accounts.delete(name);
					owners.delete(name);
				},
			};
		},
		isFull(networks) {
			if (!isFull(networks)) return false;
			if (clock.now() - toldAt >= tellEveryMs) {
				toldAt = clock.now();
				const address = networks[0]?.key;
				const { inAll } = countUnread();
				log.warn('no new seats: too much waits unread', { ...(address && { address }), bytes: inAll });
			}
			return true;
		},
	};
}
