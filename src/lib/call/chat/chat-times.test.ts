import { beforeEach, describe, expect, it } from 'vitest';
import { messageFrom } from '../../../../tests/support/chat-messages';
import { fakeIdentity } from '../../../../tests/support/fake-identity';
import { seededRandom, seedFromEnvironment } from '../../../../tests/support/random';
import type { ChatMessage } from '../../protocol/peer/chat';
import { createChatTimes, type ChatTimes } from './chat-times';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Ten in the morning, by our clock. */
const ten = Date.UTC(2026, 10, 26, 10);
const people = { ann: fakeIdentity('ann'), bob: fakeIdentity('bob'), cat: fakeIdentity('cat') };
const seed = seedFromEnvironment();

/** Ann is us. */
const annsId = () => messageFrom(people.ann, {}).author;

let times: ChatTimes;
let said: ChatMessage[];
const count = { ann: 0, bob: 0, cat: 0 };

beforeEach(() => {
	times = createChatTimes(annsId);
	said = [];
	Object.assign(count, { ann: 0, bob: 0, cat: 0 });
});

/** In minutes after ten, what they say by their clock. */
function message(by: keyof typeof people, saysMinutes: number): ChatMessage {
	const next = messageFrom(people[by], { sequence: ++count[by], sentAt: ten + saysMinutes * minute });
	said.push(next);
	return next;
}

/** Came while we and they were here, at once. */
const live = (
	by: keyof typeof people,
	saysMinutes: number,
	cameMinutes: number,
	afterMinutes = cameMinutes,
) => times.came(message(by, saysMinutes), ten + cameMinutes * minute, ten + afterMinutes * minute);
/** Was there before us. */
const history = (by: keyof typeof people, saysMinutes: number, cameMinutes: number) =>
	times.came(message(by, saysMinutes), ten + cameMinutes * minute, null);
const shown = () => times.of(said).map((time) => (time - ten) / minute);

describe('the time of a message', () => {
	it('is what its author says where their clock may be right', () => {
		live('bob', 1, 1.1);
		history('cat', 1, 5);
		expect(shown()).toEqual([1, 1]);
	});

	it('is when it came where the author’s clock is wrong, by however much, in either direction', () => {
		for (const [says, came] of [
			[-day, 1],
			[day, 2],
			[-2 * 60, 3],
			[5, 4],
			[1e9 / minute, 5],
		] as const) {
			// prettier-ignore
			times = createChatTimes(annsId);
			said = [];
			live('bob', says, came);
			expect(shown()).toEqual([came]);
		}
	});

	it('of what was written before we met its author is corrected by how far off their clock turns out to be', () => {
		history('bob', 60, 9);
		history('bob', 65, 9);
		live('bob', 71, 11);
		expect(shown()).toEqual([0, 5, 11]);
	});

	it('is no later for having waited for a connection', () => {
		live('bob', 1, 1);
		live('bob', 3, 20, 1);
		expect(shown()).toEqual([1, 3]);
		history('bob', 0, 21);
		expect(shown().at(-1)).toBe(3);
	});

	it('follows a clock that its author has set', () => {
		live('bob', 60, 0);
		live('bob', 2, 2);
		live('bob', 3, 3);
		expect(shown()).toEqual([0, 2, 3]);
	});

	it('is ours for what we write', () => {
		live('bob', 100, 1);
		times.wrote(message('ann', 2));
		live('bob', 102, 3);
		expect(shown()).toEqual([1, 2, 3]);
	});

	it('of somebody who is gone is never in the future, and stays between its neighbours', () => {
		history('bob', 0, 9);
		history('cat', 61, 9);
		history('bob', 2, 9);
		history('bob', 3, 9);
		expect(shown()).toEqual([0, 2, 2, 3]);
	});

	it('of somebody who is gone and whose clock was behind drags nobody back', () => {
		history('bob', 0, 9);
		history('bob', 1, 9);
		history('cat', -day / minute, 9);
		history('bob', 2, 9);
		expect(shown()).toEqual([0, 1, 1, 2]);
	});

	it('of what we wrote before we loaded the page again counts for more than that of one other', () => {
		for (const [says, shows] of [
			[-day / minute, [0, 0, 2, 2]],
			[100, [0, 2, 2, 9]],
		] as const) {
			times = createChatTimes(annsId);
			said = [];
			history('ann', 0, 9);
			history('bob', says + 1, 9);
			history('ann', 2, 9);
			history('bob', says + 3, 9);
			expect(shown()).toEqual(shows);
		}
	});

	it('of years ago is none that anybody believes', () => {
		history('bob', -ten / minute, 9);
		expect(shown()).toEqual([9]);
	});

	it('of others can’t be changed by who lies about theirs', () => {
		live('bob', 1, 1);
		live('bob', 2, 2);
		// Says that it has waited since before the others.
		live('cat', 0, 3, 0);
		live('bob', 4, 4);
		expect(shown()).toEqual([1, 2, 2, 4]);
	});

	it(`is never out of order or later than it came, and depends on nothing but what came (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < 2_000; round++) {
			times = createChatTimes(annsId);
			said = [];
			Object.assign(count, { ann: 0, bob: 0, cat: 0 });
			const came: number[] = [];
			for (let now = 0, n = 1 + random.below(12); n > 0; n--) {
				now += random.below(3);
				const by = random.pick(['bob', 'cat'] as const);
				const says = random.pick([
					now,
					now - random.below(20),
					now + 60,
					-day / minute,
					-ten / minute,
					8.64e15 / minute - ten / minute,
				]);
				if (random.chance(0.2)) times.wrote(message('ann', now));
				else if (random.chance(0.5)) live(by, says, now, now - random.below(30));
				else history(by, says, now);
				came.push(now);
			}
			const result = shown();
			for (const [index, time] of result.entries()) {
				expect(time).toBeLessThanOrEqual((came[index] as number) + 1e-6);
				if (index > 0) expect(time).toBeGreaterThanOrEqual(result[index - 1] as number);
				expect(() => new Date(ten + time * minute).toISOString()).not.toThrow();
			}
			expect(shown()).toEqual(result);
		}
	});
});
