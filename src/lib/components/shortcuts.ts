/** Keys of a call, and what they do. None fires while somebody types, or together with a modifier, which is the browser's. */
export type ShortcutAction = 'microphone' | 'camera' | 'screen' | 'hand' | 'chat' | 'help' | 'talk';

export const shortcuts: readonly { key: string; action: ShortcutAction; words: string }[] = [
	{ key: 'M', action: 'microphone', words: 'Microphone on or off' },
	{ key: 'V', action: 'camera', words: 'Camera on or off' },
	{ key: 'S', action: 'screen', words: 'Share your screen, or stop' },
	{ key: 'H', action: 'hand', words: 'Raise or lower your hand' },
	{ key: 'C', action: 'chat', words: 'Open or close the chat' },
	{ key: 'Space', action: 'talk', words: 'Hold to talk while muted' },
	{ key: '?', action: 'help', words: 'Show these shortcuts' },
];

export interface KeyPress {
	key: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
	repeat: boolean;
}

/**
 * `target` is what the focused element does with keys: takes all of them (`typing`), is pressed by Space (`pressable`), or
 * nothing. `null`: the key is not ours.
 */
export function shortcutFor(press: KeyPress, target: 'typing' | 'pressable' | 'none'): ShortcutAction | null {
	if (target === 'typing' || press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null;
	if (press.key === ' ') return target === 'pressable' ? null : 'talk';
	return shortcuts.find(({ key }) => key === press.key.toUpperCase())?.action ?? null;
}

/** What an element does with keys, by its kind. */
export function keyTarget(element: Element | null): 'typing' | 'pressable' | 'none' {
	if (!element) return 'none';
	if (element.closest('input, textarea, select, [contenteditable], [role="menu"]')) return 'typing';
	return element.closest('button, a, summary, [role="button"]') ? 'pressable' : 'none';
}
