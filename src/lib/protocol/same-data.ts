/** Whether two values say the same as JSON. What is `undefined` is as good as left out. */
export function sameData(a: unknown, b: unknown): boolean {
	if (Object.is(a, b)) return true;
	if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
	return Object.keys({ ...a, ...b }).every((key) => sameData(a[key], b[key]));
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
