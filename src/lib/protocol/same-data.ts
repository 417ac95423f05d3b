/** Whether two values are the same as JSON. A field that is `undefined` counts as missing. */
export function sameData(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
	return Object.keys({ ...a, ...b }).every((key) => sameData(a[key], b[key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
