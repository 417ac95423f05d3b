/** Which button of a toolbar an arrow key leads to. Pure. */
type Direction = 'ltr' | 'rtl';

function stepOf(key: string, direction: Direction): number | null {
	const forward = direction === 'ltr' ? 1 : -1;
	switch (key) {
		case 'ArrowDown':
			return 1;
		case 'ArrowUp':
			return -1;
		case 'ArrowRight':
			return forward;
		case 'ArrowLeft':
			return -forward;
		default:
			return null;
	}
}

/** `null` for any other key, and if none of the buttons has the focus. After the last button comes the first. */
export function nextInToolbar(
	key: string,
	{ count, at, direction }: { count: number; at: number; direction: Direction },
): number | null {
	const step = stepOf(key, direction);
	if (step === null || at < 0 || at >= count) return null;
	return (at + step + count) % count;
}
