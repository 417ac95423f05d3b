/**
 * Of what opens in one place, each part loaded when it is asked for: what was asked for last is what opens, and closing takes back what is still
 * on its way. Knows nothing of what it opens.
 */
export interface OneOpen<Part> {
	/** Rejects where the part does not come. */
	open(load: () => Promise<Part>): Promise<void>;
	close(): void;
}

/** `show`: `null` when nothing is open. */
export function createOneOpen<Part>(show: (part: Part | null) => void): OneOpen<Part> {
	/** Counts what was asked for, so that a part that comes too late is known. */
	let wish = 0;
	return {
		async open(load) {
			const own = ++wish;
			const part = await load();
			if (own === wish) show(part);
		},
		close() {
			wish += 1;
			show(null);
		},
	};
}
