/** Tells what is seen for the first time: for words that are worth saying once, about as many things as a log should hold. */
export function createFirstTimes(max: number): (key: string) => boolean {
	const seen = new Set<string>();
	return (key) => {
		if (seen.has(key) || seen.size >= max) return false;
		seen.add(key);
		return true;
	};
}
