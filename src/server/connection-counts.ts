/** How many connections each address holds. */
import { isCounted } from './address';

export interface ConnectionCounts {
	/** False when the address has its fill. */
	take(address: string): boolean;
	release(address: string): void;
}

export function createConnectionCounts(max: number): ConnectionCounts {
	const held = new Map<string, number>();
	return {
		take(address) {
			if (!isCounted(address)) return true;
			const count = held.get(address) ?? 0;
			if (count >= max) return false;
			held.set(address, count + 1);
			return true;
		},
		release(address) {
			const count = (held.get(address) ?? 0) - 1;
			if (count > 0) held.set(address, count);
			else held.delete(address);
		},
	};
}
