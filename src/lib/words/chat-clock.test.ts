import { expect, it } from 'vitest';
import { isSameDay, messageTimeWords, untilTomorrowMs } from './chat-clock';

const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();
const now = at(2026, 10, 26, 10, 5);

it('writes the time alone today, and with its date on every other day', () => {
	expect(messageTimeWords(at(2026, 10, 26, 9, 1), now)).not.toMatch(/26|Nov/);
	expect(messageTimeWords(at(2026, 10, 25, 23, 59), now)).toMatch(/25/);
	expect(messageTimeWords(at(2026, 10, 25, 23, 59), now)).not.toMatch(/2026/);
	expect(messageTimeWords(at(2025, 10, 26, 9, 1), now)).toMatch(/2025/);
});

it('knows days by this device’s clock, and when the next one begins', () => {
	expect(isSameDay(at(2026, 10, 26, 0, 0), at(2026, 10, 26, 23, 59))).toBe(true);
	expect(isSameDay(at(2026, 10, 26, 23, 59), at(2026, 10, 27, 0, 0))).toBe(false);
	expect(untilTomorrowMs(at(2026, 10, 26, 23, 0))).toBe(3_600_000);
});
