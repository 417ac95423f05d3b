/**
 * For a place where one part can be open at a time, each loaded when it is asked for. The last one asked for opens, and closing cancels one that
 * is still loading. Knows nothing of what it opens.
 */
export interface OneOpen<Part> {
	/** Rejects if the part can't be loaded. */
	open(load: () => Promise<Part>): Promise<void>;
	close(): void;
}

/** `show`: `null` when nothing is open. */
export function createOneOpen<Part>(show: (part: Part | null) => void): OneOpen<Part> {
	/** Counts the requests, so that a part that arrives too late is recognised. */
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
