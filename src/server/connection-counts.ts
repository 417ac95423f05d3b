/** Counts the connections of each address, and of each IPv6 network that contains it. */
import type { Caller } from './address';

export interface ConnectionCounts {
	/** False when one of the caller's networks has as many as it may. */
	take(caller: Caller): boolean;
	release(caller: Caller): void;
}

export function createConnectionCounts(maxPerAddress: number): ConnectionCounts {
	const held = new Map<string, number>();
	return {
		take({ networks }) {
			if (networks.some(({ key, width }) => (held.get(key) ?? 0) >= maxPerAddress * width)) return false;
			for (const { key } of networks) held.set(key, (held.get(key) ?? 0) + 1);
			return true;
		},
		release({ networks }) {
			for (const { key } of networks) {
				const count = (held.get(key) ?? 0) - 1;
				if (count > 0) held.set(key, count);
				else held.delete(key);
			}
		},
	};
}
