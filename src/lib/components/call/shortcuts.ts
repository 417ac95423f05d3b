/** Keys of a call, and what they do. None fires while somebody types, or together with a modifier, which is the browser's. */
export type ShortcutAction = 'microphone' | 'camera' | 'screen' | 'hand' | 'chat' | 'help' | 'talk';

export const shortcuts: readonly { key: string; action: ShortcutAction }[] = [
	{ key: 'M', action: 'microphone' },
	{ key: 'V', action: 'camera' },
	{ key: 'S', action: 'screen' },
	{ key: 'H', action: 'hand' },
	{ key: 'C', action: 'chat' },
	{ key: 'Space', action: 'talk' },
	{ key: '?', action: 'help' },
];

export interface KeyPress {
	/** What is typed. */
	key: string;
	/** Which key it is, by its place on a keyboard of the United States. */
	code: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
	repeat: boolean;
	isComposing: boolean;
}

/** What an element does with keys: takes all of them (`typing`), is pressed by Space (`pressable`), or nothing. */
export type KeyTarget = 'typing' | 'pressable' | 'none';

/** A letter or a sign of a script that has no Latin letters: its keys stand for those of the keyboard that bears both. */
const otherScript = /^[^\p{scx=Latin}\p{scx=Common}\p{scx=Inherited}]+$/u;
/** Of other scripts; Shift+7 and whatever else types a plain one is one as well. */
const questionMarks = ['؟', '՞', '፧'];

/** `null`: the key is not ours. */
export function shortcutFor(press: KeyPress, target: KeyTarget): ShortcutAction | null {
	const { ctrlKey, metaKey, altKey, repeat, isComposing } = press;
	if (target === 'typing' || ctrlKey || metaKey || altKey || repeat || isComposing) return null;
	if (isSpace(press)) return target === 'pressable' ? null : 'talk';
	const meant = keyMeant(press);
	return shortcuts.find(({ key }) => key === meant)?.action ?? null;
}

/** The space bar, whichever space it types. */
export function isSpace({ key, code }: Pick<KeyPress, 'key' | 'code'>): boolean {
	return key === ' ' || (code === 'Space' && key === '\u3000');
}

/** By the letter where it is Latin, as on every layout of such letters; else by the key's place. */
function keyMeant({ key, code }: KeyPress): string {
	if (questionMarks.includes(key)) return '?';
	const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
	return letter !== undefined && otherScript.test(key) ? letter : key.normalize('NFKC').toUpperCase();
}

const typing =
	'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"], [role="textbox"], [role="combobox"]';
const pressable = 'button, a, summary, [role="button"]';

/**
 * What the element in focus does with keys, by the path of an event: the innermost first, out of shadow trees. Of a closed one only
 * the host is seen; it gives itself away by being in focus without being able to.
 */
export function keyTarget(path: readonly EventTarget[], focused: Element | null): KeyTarget {
	const elements = path.filter((node): node is Element => 'matches' in node);
	const [innermost] = elements;
	const hides =
		innermost !== undefined &&
		innermost === focused &&
		!innermost.matches(`html, body, iframe, dialog, audio, video, [tabindex], ${typing}, ${pressable}`);
	if (hides || elements.some((element) => element.matches(typing))) return 'typing';
	return elements.some((element) => element.matches(pressable)) ? 'pressable' : 'none';
}
