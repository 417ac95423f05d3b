import { expect, it } from 'vitest';
import { mayReloadFor } from './language-change';

it('loads again where a page holds nothing of anybody', () => {
	for (const path of ['/', '/settings', '/join', '/rooms'])
		expect(mayReloadFor({ path, edited: false })).toBe(true);
});

it('leaves a page alone on which something was typed', () => {
	expect(mayReloadFor({ path: '/', edited: true })).toBe(false);
});

it('never loads a room again, nor a check', () => {
	for (const path of ['/room/team-sync', '/room/%D0%BA%D0%BE%D0%BC', '/check'])
		expect(mayReloadFor({ path, edited: false })).toBe(false);
});
