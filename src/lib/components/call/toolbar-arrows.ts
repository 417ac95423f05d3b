/** Which button of a toolbar an arrow leads to. Pure. */
const steps: ReadonlyMap<string, number> = new Map([
	['ArrowRight', 1],
	['ArrowDown', 1],
	['ArrowLeft', -1],
	['ArrowUp', -1],
]);

/** `null` for any other key, and where none of the buttons has the focus. After the last comes the first. */
export function nextInToolbar(key: string, { count, at }: { count: number; at: number }): number | null {
	const step = steps.get(key);
	if (step === undefined || at < 0 || at >= count) return null;
	return (at + step + count) % count;
}
