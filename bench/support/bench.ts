/** What a bench gives back, and arithmetic they share. */
export interface BenchResult {
	/** One line of the table each. */
	rows: Record<string, string | number>[];
	/** What is promised, as a ratio against something measured in the same run or a bound that is named. */
	ratios: { what: string; is: number; most: number }[];
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

export const rounded = (value: number, digits = 2) => Number(value.toFixed(digits));

/** One figure of a server's `/metrics`. */
export async function metric({ origin }: { origin: string }, name: string): Promise<number> {
	const text = await (await fetch(`${origin}/metrics`)).text();
	const line = text.split('\n').find((each) => each.startsWith(`${name} `));
	return Number(line?.split(' ')[1] ?? 0);
}

export function delay(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
