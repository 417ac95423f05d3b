import { describe, expect, it } from 'vitest';
import { isSpace, keyTarget, shortcutFor, type KeyPress } from './shortcuts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
	return {
		...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false },
		...more,
	};
}

describe('a key', () => {
	it.each([
		['m', 'microphone'],
		['M', 'microphone'],
		['v', 'camera'],
		['s', 'screen'],
		['h', 'hand'],
		['c', 'chat'],
		['?', 'help'],
		[' ', 'talk'],
	])('%j does its work', (key, action) => {
		expect(shortcutFor(press(key), 'none')).toBe(action);
	});

	/** The keys of M, V, S, H, C and the one that asks, as they are typed on other layouts. */
	const layouts: [name: string, typed: string[], help: string][] = [
		['Russian', ['ь', 'м', 'ы', 'р', 'с'], '?'],
		['Russian, in capitals', ['Ь', 'М', 'Ы', 'Р', 'С'], '?'],
		['Greek', ['μ', 'ω', 'σ', 'η', 'ψ'], '?'],
		['Hebrew', ['צ', 'ה', 'ד', 'י', 'ב'], '?'],
		['Arabic', ['ة', 'ر', 'س', 'ا', 'ؤ'], '؟'],
		['Persian', ['پ', 'ر', 'س', 'ا', 'ز'], '؟'],
		['Armenian', ['մ', 'վ', 'ս', 'հ', 'ց'], '՞'],
		['Hindi', ['स', 'न', 'े', 'प', 'म'], '?'],
		['Thai', ['ท', 'อ', 'ห', '้', 'แ'], '?'],
		['Korean', ['ㅡ', 'ㅍ', 'ㄴ', 'ㅗ', 'ㅊ'], '?'],
		['full width', ['ｍ', 'ｖ', 'ｓ', 'ｈ', 'ｃ'], '？'],
	];

	it.each(layouts)('does its work on a keyboard that is %s', (_, typed, help) => {
		const codes = ['KeyM', 'KeyV', 'KeyS', 'KeyH', 'KeyC'];
		const actions = typed.map((key, index) => shortcutFor(press(key, { code: codes[index] ?? '' }), 'none'));
		expect(actions).toEqual(['microphone', 'camera', 'screen', 'hand', 'chat']);
		expect(shortcutFor(press(help, { code: 'Slash' }), 'none')).toBe('help');
	});

	it.each([
		['AZERTY', 'm', 'Semicolon', 'microphone'],
		['AZERTY, where M is a comma', ',', 'KeyM', null],
		['Dvorak', 's', 'Semicolon', 'screen'],
		['Dvorak, where S is an O', 'o', 'KeyS', null],
		['Dvorak, where V is a K', 'k', 'KeyV', null],
		['QWERTZ', 'v', 'KeyV', 'camera'],
		['Hebrew, where W is an apostrophe', "'", 'KeyW', null],
		['Russian, where the comma is', 'б', 'Comma', null],
	])('goes by its letter on %s', (_, key, code, action) => {
		expect(shortcutFor(press(key, { code }), 'none')).toBe(action);
	});

	it('talks with whichever space the bar types', () => {
		expect(shortcutFor(press('\u3000', { code: 'Space' }), 'none')).toBe('talk');
		expect(isSpace(press(' '))).toBe(true);
	});

	it('does nothing while a word is composed', () => {
		for (const key of ['m', ' ', '?'])
			expect(shortcutFor(press(key, { isComposing: true }), 'none')).toBeNull();
	});

	it('does nothing while somebody types', () => {
		for (const key of ['m', 'v', 's', 'h', 'c', '?', ' ']) {
			expect(shortcutFor(press(key), 'typing')).toBeNull();
		}
	});

	it('belongs to the browser together with a modifier', () => {
		expect(shortcutFor(press('c', { ctrlKey: true }), 'none')).toBeNull();
		expect(shortcutFor(press('m', { metaKey: true }), 'none')).toBeNull();
		expect(shortcutFor(press('v', { altKey: true }), 'none')).toBeNull();
	});

	it('fires once while it is held', () => {
		expect(shortcutFor(press('m', { repeat: true }), 'none')).toBeNull();
	});

	it('presses the focused button when it is Space, and talks anywhere else', () => {
		expect(shortcutFor(press(' '), 'pressable')).toBeNull();
		expect(shortcutFor(press('m'), 'pressable')).toBe('microphone');
	});

	it('is nobody’s when it is another', () => {
		expect(shortcutFor(press('x'), 'none')).toBeNull();
		expect(shortcutFor(press('Space'), 'none')).toBeNull();
	});
});

describe('an element that keys go to', () => {
	/** One that is a `tag`, with attributes as a selector names them. */
	function element(...is: string[]): Element {
		return {
			matches: (list: string) => list.split(', ').some((each) => is.includes(each)),
		} as unknown as Element;
	}
	const [button, input, div, page] = [element('button'), element('input'), element(), element('body')];

	it('is found inside a shadow tree, where the event says that it comes from its host', () => {
		expect(keyTarget([input, div, page], div)).toBe('typing');
		expect(keyTarget([button, div, page], div)).toBe('pressable');
		expect(keyTarget([div, button, page], button)).toBe('pressable');
	});

	it('is taken for a field where a closed tree hides it', () => {
		expect(keyTarget([div, page], div)).toBe('typing');
	});

	it('is none while nothing has the focus, or what only shows something', () => {
		expect(keyTarget([page], page)).toBe('none');
		const heading = element('[tabindex]');
		expect(keyTarget([heading, page], heading)).toBe('none');
		expect(keyTarget([div, page], page)).toBe('none');
	});

	it('is a field when it is one that a script makes, and not when it has been made none', () => {
		expect(keyTarget([element('[role="textbox"]'), page], null)).toBe('typing');
		expect(keyTarget([element('[contenteditable]:not([contenteditable="false"])'), page], null)).toBe(
			'typing',
		);
	});
});
