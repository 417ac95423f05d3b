import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = (toasts: Toasts) => toasts.items.map(({ text }) => text);

describe('toasts', () => {
	it('inform for five seconds, three at a time', () => {
		const toasts = new Toasts();
		for (const text of ['one', 'two', 'three', 'four']) toasts.show(text);
		expect(texts(toasts)).toEqual(['two', 'three', 'four']);
		vi.advanceTimersByTime(5_000);
		expect(texts(toasts)).toEqual([]);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('that ask for something are not driven out by those that inform', () => {
		const toasts = new Toasts();
		toasts.show('The camera is gone', { tone: 'alert' });
		for (let time = 0; time < 20; time++) toasts.show(`${time}`);
		expect(texts(toasts)).toEqual(['The camera is gone', '17', '18', '19']);
		vi.advanceTimersByTime(60_000);
		expect(texts(toasts)).toEqual(['The camera is gone']);
	});

	it('that say what is there already are not said again', () => {
		const toasts = new Toasts();
		toasts.show('The camera is gone', { tone: 'alert' });
		toasts.show('The camera is gone', { tone: 'alert' });
		expect(texts(toasts)).toEqual(['The camera is gone']);
	});
});
