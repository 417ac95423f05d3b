/** Whether two objects hold the same things, and keeping the older of two that do, so that nothing is redrawn for nothing. */

export function sameShallow<T extends object>(a: T, b: T): boolean {
	return (Object.keys(a) as (keyof T)[]).every((key) => Object.is(a[key], b[key]));
}

/** Gives back what it gave before for as long as that holds the same. */
export function createUnchanged<T extends object>(): (next: T) => T {
	let kept: T | null = null;
	return (next) => (kept && sameShallow(kept, next) ? kept : (kept = next));
}
