import { describe, expect, it } from 'vitest';
import { shortcutFor, type KeyPress } from './shortcuts';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
	return { key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more };
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
