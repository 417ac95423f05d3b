/** How long those who are gone were there, by page load. Of too many the shortest are forgotten. */
export interface Stays {
	/** In milliseconds; 0 of one never met, or forgotten. */
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
