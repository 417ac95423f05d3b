/** Compares two objects by what they hold, and keeps the older one if that is the same, so that nothing is redrawn without need. */

export function sameShallow<T extends object>(a: T, b: T): boolean {
	return (Object.keys({ ...a, ...b }) as (keyof T)[]).every((key) => Object.is(a[key], b[key]));
}

/** Returns the same object as before for as long as its content is the same. */
export function createUnchanged<T extends object>(): (next: T) => T {
	let kept: T | null = null;
	return (next) => (kept && sameShallow(kept, next) ? kept : (kept = next));
}
