/** Tells what is seen for the first time, for at most `max` things: each is worth one line in a log, and a log should not grow without end. */
export function createFirstTimes(max: number): (key: string) => boolean {
	const seen = new Set<string>();
	return (key) => {
		if (seen.has(key) || seen.size >= max) return false;
		seen.add(key);
		return true;
	};
}
