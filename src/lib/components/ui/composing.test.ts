import { describe, expect, it } from 'vitest';
import { createInputMethodKeys, guardCompositions } from './composing';

/** What a browser sends for one key, in its order: `composing` and `handled` (229) as the event says. */
type Sent = [
	type: 'keydown' | 'keyup' | 'compositionend',
	key?: string,
	mark?: 'composing' | 'handled' | 'both',
];

const orders: [browser: string, sent: Sent[]][] = [
	['Chromium', [['keydown', 'Enter', 'both'], ['compositionend'], ['keyup', 'Enter']]],
	[
		'Chromium, driven by its protocol',
		[['keydown', 'Enter', 'composing'], ['compositionend'], ['keyup', 'Enter']],
	],
	[
		'Chromium on Windows',
		[['keydown', 'Process', 'both'], ['compositionend'], ['keyup', 'Enter', 'handled']],
	],
	['Firefox', [['keydown', 'Enter', 'both'], ['compositionend'], ['keyup', 'Enter', 'composing']]],
	['Safari', [['compositionend'], ['keydown', 'Enter', 'handled'], ['keyup', 'Enter']]],
	['Safari, Escape', [['compositionend'], ['keydown', 'Escape', 'handled'], ['keyup', 'Escape']]],
	['Chromium, Escape', [['keydown', 'Escape', 'both'], ['compositionend'], ['keyup', 'Escape']]],
];

/** The keys that the page hears of. */
function heard(sent: Sent[]): string[] {
	const isInputMethods = createInputMethodKeys();
	return sent.flatMap(([type, key = '', mark]) => {
		if (type === 'compositionend') return [];
		const isComposing = mark === 'composing' || mark === 'both';
		const keyCode = mark === 'handled' || mark === 'both' ? 229 : 13;
		return isInputMethods({ type, key, isComposing, keyCode }) ? [] : [`${type} ${key}`];
	});
}

describe('a key that ends a composition', () => {
	it.each(orders)('is not the page’s in %s', (_, sent) => {
		expect(heard(sent).filter((key) => key.startsWith('keydown'))).toEqual([]);
	});

	it.each(orders)('leaves the next one to the page in %s', (_, sent) => {
		const next: Sent[] = [
			['keydown', 'Enter'],
			['keyup', 'Enter'],
		];
		expect(heard([...sent, ...next]).slice(-2)).toEqual(['keydown Enter', 'keyup Enter']);
	});

	it('is not the page’s when it goes up either', () => {
		expect(heard(orders[0]?.[1] ?? [])).toEqual([]);
		expect(heard(orders[4]?.[1] ?? [])).toEqual([]);
	});

	it('is the page’s where the browser sends it a second time as its own, as for Korean', () => {
		expect(
			heard([['keydown', 'Enter', 'both'], ['compositionend'], ['keydown', 'Enter'], ['keyup', 'Enter']]),
		).toEqual([...['keydown Enter', 'keyup Enter']]);
	});

	it('is the page’s where a phone’s keyboard has ended the composition by itself', () => {
		expect(heard([['keydown', 'Unidentified', 'handled'], ['compositionend'], ['keydown', 'Enter']])).toEqual(
			['keydown Enter'],
		);
	});
});

describe('the guard of a page', () => {
	function page() {
		const target = new EventTarget();
		const stop = guardCompositions(target as unknown as Window);
		const seen: string[] = [];
		target.addEventListener('keydown', (event) => seen.push((event as unknown as { key: string }).key));
		const press = (key: string, isComposing: boolean) => {
			const event = Object.assign(new Event('keydown', { cancelable: true }), {
				key,
				isComposing,
				keyCode: isComposing ? 229 : 13,
			});
			target.dispatchEvent(event);
			return event.defaultPrevented;
		};
		return { press, seen, stop };
	}

	it('lets nobody hear of it, and the browser send no form and close no dialog', () => {
		const { press, seen } = page();
		expect([press('Enter', true), press('Escape', true)]).toEqual([true, true]);
		expect(seen).toEqual([]);
		expect(press('Enter', false)).toBe(false);
		expect(seen).toEqual(['Enter']);
	});

	it('leaves every other key what it is in the field', () => {
		const { press } = page();
		expect(press('ArrowDown', true)).toBe(false);
	});

	it('ends when it is told to', () => {
		const { press, seen, stop } = page();
		stop();
		press('Enter', true);
		expect(seen).toEqual(['Enter']);
	});
});
