/** How long participants who are gone were here, by page load. Beyond the limit, the shortest stay is forgotten. */
export interface Stays {
	/** In milliseconds; 0 for a page load that we never met or have forgotten. */
	of(stream: string): number;
	ended(stream: string, stayMs: number): void;
}

const staysMax = 1_000;

export function createStays(): Stays {
	const stays = new Map<string, number>();
	return {
		of: (stream) => stays.get(stream) ?? 0,
		ended(stream, stayMs) {
			stays.set(stream, (stays.get(stream) ?? 0) + stayMs);
			if (stays.size <= staysMax) return;
			const [shortest] = [...stays].reduce((a, b) => (b[1] < a[1] ? b : a));
			stays.delete(shortest);
		},
	};
}
