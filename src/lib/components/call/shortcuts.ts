/**
 * The keys of a call, and what they do. None acts while somebody types, or together with a modifier key, since those shortcuts belong to the
 * browser.
 */
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
	/** The character that is typed. */
	key: string;
	/** Which key it is, by its place on a US keyboard. */
	code: string;
	ctrlKey: boolean;
	metaKey: boolean;
	altKey: boolean;
	repeat: boolean;
	isComposing: boolean;
}

/** What an element does with keys: it takes all of them (`typing`), is pressed by Space (`pressable`), or does nothing. */
export type KeyTarget = 'typing' | 'pressable' | 'none';

/** A character of a non-Latin script. Such a key stands for the Latin letter at its place on the keyboard. */
const otherScript = /^[^\p{scx=Latin}\p{scx=Common}\p{scx=Inherited}]+$/u;
/** Question marks of other scripts. A plain one counts whichever keys type it, Shift+7 for example. */
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

/** Goes by the letter if it is Latin, whatever the layout; otherwise by the key's place. */
function keyMeant({ key, code }: KeyPress): string {
	if (questionMarks.includes(key)) return '?';
	const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
	return letter !== undefined && otherScript.test(key) ? letter : key.normalize('NFKC').toUpperCase();
}

const typing =
	'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"], [role="textbox"], [role="combobox"]';
const pressable = 'button, a, summary, [role="button"]';

/**
 * What the focused element does with keys, by the path of an event: innermost first, including shadow trees. Of a closed shadow tree we see only
 * the host, which we recognise because it has the focus although it can't be focused itself.
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
