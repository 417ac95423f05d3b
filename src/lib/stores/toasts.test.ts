import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = ({ items }: Toasts) => items.map(({ text }) => text);

describe('what informs', () => {
	it('goes by itself, and of more than three the oldest goes first', () => {
		const toasts = new Toasts();
		for (const text of ['one', 'two', 'three', 'four']) toasts.show(text);
		expect(texts(toasts)).toEqual(['two', 'three', 'four']);
		vi.advanceTimersByTime(5_000);
		expect(texts(toasts)).toEqual([]);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('neither goes nor is pushed out while somebody is at it', () => {
		const toasts = new Toasts();
		toasts.show('Bob: hello');
		toasts.hold(toasts.items[0]?.id ?? null);
		for (const text of ['one', 'two', 'three', 'four']) toasts.show(text);
		vi.advanceTimersByTime(60_000);
		expect(texts(toasts)).toEqual(['Bob: hello']);
		toasts.hold(null);
		vi.advanceTimersByTime(4_999);
		expect(texts(toasts)).toEqual(['Bob: hello']);
		vi.advanceTimersByTime(1);
		expect(texts(toasts)).toEqual([]);
	});
});

describe('what asks for something', () => {
	it('stays, whatever comes after it and however much', () => {
		const toasts = new Toasts();
		const asked = ['microphone', 'camera', 'speaker', 'menu', 'chat'];
		for (const text of asked) toasts.show(text, { tone: 'alert' });
		for (let message = 0; message < 10; message += 1) toasts.show(`Bob: ${message}`);
		vi.advanceTimersByTime(600_000);
		expect(texts(toasts)).toEqual(asked);
	});

	it('is said once, anew where there is more to say of it, and goes when it is settled', () => {
		const toasts = new Toasts();
		toasts.show('gone', { tone: 'alert' });
		toasts.show('gone', { tone: 'alert' });
		toasts.show('not there', { tone: 'alert', about: 'chat' });
		const [, first] = toasts.items;
		toasts.show('not there', { tone: 'alert', about: 'chat' });
		expect(toasts.items[1]).toBe(first);
		toasts.show('not there before the call is over', { tone: 'alert', about: 'chat' });
		expect(texts(toasts)).toEqual(['gone', 'not there before the call is over']);
		toasts.settle('chat');
		expect(texts(toasts)).toEqual(['gone']);
	});
});
