import { describe, expect, it } from 'vitest';
import { groupEntries } from './chat-groups';
import { earlier, from, later, newest, pageLength, windowMax, within, type ChatWindow } from './chat-window';

const entries = (length: number) =>
	Array.from({ length }, (_, n) => {
		// Twenty in one go, then somebody else.
		const stream = `author-${Math.floor(n / 20) % 2}`;
		return {
			id: `${n}`,
			stream,
			authorName: stream,
			mine: false,
			text: `${n}`,
			sentAt: 0,
			shownAt: 0,
			state: 'sent' as const,
		};
	});
const shown = (length: number, window: ChatWindow) =>
	within(groupEntries(entries(length)), window).flatMap((group) => group.entries.map(({ id }) => Number(id)));

describe('the part of a conversation on the page', () => {
	it('is all of a short one', () => {
		for (const length of [0, 1, 30, 199]) {
			expect(shown(length, newest(length))).toEqual(entries(length).map((_, n) => n));
		}
	});

	it('is the newest of a long one, and its start moves a page at a time', () => {
		const starts = Array.from({ length: 1_000 }, (_, length) => newest(length).start);
		expect(new Set(starts)).toEqual(new Set([0, 100, 200, 300, 400, 500, 600, 700, 800]));
		for (const [length, start] of starts.entries()) expect(length - start).toBeLessThan(2 * pageLength);
		expect(shown(5_050, newest(5_050))[0]).toBe(4_900);
	});

	it('goes back to the first message and forth to the last, and never holds more than it may', () => {
		const length = 1_234;
		let window = newest(length);
		const seen = new Set(shown(length, window));
		const look = () => {
			const now = shown(length, window);
			expect(now.length).toBeLessThanOrEqual(windowMax);
			now.forEach((n) => seen.add(n));
			return now;
		};
		while (window.start > 0) {
			const before = look();
			window = from(earlier(window), length);
			expect(look(), 'what is read stays').toContain(before[0]);
		}
		expect(seen.size).toBe(length);
		while (window.end < length) {
			const before = look();
			window = from(later(window, length), length);
			expect(look(), 'what is read stays').toContain(before.at(-1));
		}
		expect(look().at(-1)).toBe(length - 1);
	});

	it('goes on below what is read while more is written, as far as there is room', () => {
		expect(from(3, 12)).toEqual({ start: 3, end: 12 });
		expect(from(3, 13)).toEqual({ start: 3, end: 13 });
		expect(from(3, 1_000)).toEqual({ start: 3, end: 3 + windowMax });
	});

	it('stays inside a conversation that has become shorter', () => {
		expect(from(400, 120)).toEqual({ start: 119, end: 120 });
		expect(from(0, 0)).toEqual({ start: 0, end: 0 });
	});

	it('keeps a group the same whose beginning is outside, so that nothing is drawn or read out again', () => {
		const groups = groupEntries(entries(40));
		const [first, second] = within(groups, { start: 5, end: 40 });
		expect(first).toMatchObject({ id: '0', authorName: 'author-0' });
		expect(first?.entries[0]?.id).toBe('5');
		expect(second).toBe(groups[1]);
	});
});
