/** An id such as page loads have, which a reader of a test can tell from others. `name` is at most 32 characters long. */
export function pageLoad(name: string): string {
	return name.padEnd(32, '-');
}
