import { describe, expect, it } from 'vitest';
import { mixedText } from '../../../tests/support/mixed-scripts';
import { seededRandom, seedFromEnvironment } from '../../../tests/support/random';
import { distinctNames, namesLookAlike } from '../call/room/distinct-names';
import type { ConnectionQuality, Grade } from '../call/quality/quality';
import { readParticipantName } from '../protocol/participant-name';
import { ownQualityWords } from './own-call-words';
import { pathFailureWords } from './trouble-words';
import { ownTileWords, qualityMarkWords, presenceWords } from './words';

const quality = (
	receiving: Grade,
	sending: Grade,
	cause: ConnectionQuality['cause'] = 'loss-sending',
): ConnectionQuality => ({ receiving, sending, cause });

describe('words for a connection', () => {
	it('mark the worse of the two directions, and nothing while both are good', () => {
		expect(qualityMarkWords(quality('good', 'good', null), 'Bob')).toBeNull();
		expect(qualityMarkWords(quality('good', 'poor'), 'Bob')).toBe('Poor connection to Bob');
		expect(qualityMarkWords(quality('lost', 'poor'), 'Bob')).toBe('Connection to Bob lost');
	});

	it('say what a weak connection of our own does to whom', () => {
		expect(ownQualityWords(quality('good', 'good', null))).toBeNull();
		expect(ownQualityWords(quality('good', 'poor'))).toContain('Others may see you freeze');
		expect(ownQualityWords(quality('poor', 'good'))).toContain('Others may freeze for you');
		expect(ownQualityWords(quality('poor', 'lost'))).toContain('for each other');
		expect(ownQualityWords(quality('lost', 'lost'))).toContain('offline');
	});

	it('do not blame the connection for a busy device', () => {
		expect(ownQualityWords(quality('good', 'poor', 'cpu-limited'))).toContain('device is very busy');
	});
});

it('tells the person who hosts what a path that is not there takes', () => {
	expect(pathFailureWords('no-relay')).toContain('can add a TURN relay');
	expect(pathFailureWords('relay-unreachable')).toContain('TURN relay');
	expect(pathFailureWords('address-hidden')).toContain('no relay');
});

it('says who is inside, and when there is no seat left, before anybody asks for one', () => {
	const words = (count: number | null, limit: number | null = 3) => presenceWords({ count, limit });
	expect(words(null, null)).toBe("Checking who's here…");
	expect(words(0)).toBe("You're the first");
	expect(words(1)).toBe('1 person is here');
	expect(words(2)).toBe('2 people are here');
	expect(words(3)).toBe('3 people are here, and all seats are taken');
});

describe('one’s own tile', () => {
	it.each([
		['Bob', 'Bob', 'Bob (you)', 'You'],
		['Bob', 'Bob (2)', 'Bob (you)', 'Bob (2) (you)'],
		['Bob (you)', 'Bob', 'Bob (you)', 'You'],
		['Bob (You) [you]', 'Bob (2)', 'Bob (you)', 'Bob (2) (you)'],
		['Bob (screen)', 'Bob', 'Bob (you)', 'You'],
		['Bob (young)', 'Bob (young)', 'Bob (young) (you)', 'You'],
	])('of %s, whom the others see as %s, is %s and says %s', (name, seenAs, label, caption) => {
		expect(ownTileWords({ name, label: seenAs })).toEqual({ label, caption });
	});

	const seed = seedFromEnvironment();
	it(`is like nobody else’s, and says once whose it is, in 3,000 rooms of many scripts (seed ${seed})`, () => {
		const random = seededRandom(seed);
		const marks = [
			'(you)',
			'(you',
			'[You]',
			'（ｙｏｕ）',
			'(screen)',
			'You',
			'You,',
			'as',
			'Bob',
			'Your screen',
		];
		const piece = () => (random.chance(0.5) ? random.pick(marks) : mixedText(random, 2));
		const name = () => readParticipantName(`${piece()} ${piece()}`);
		for (let round = 0; round < 3_000; round++) {
			const people = [name(), name(), name()].map((name, id) => ({ id: `${id}`, name }));
			const [self, ...others] = people as [(typeof people)[0], ...typeof people];
			const labels = distinctNames(people);
			const own = ownTileWords({ name: self.name, label: labels.get(self.id) ?? '' });
			const ours = [own.label, own.caption, 'You', 'Your screen'];
			const told = JSON.stringify(people);
			expect(own.label.match(/\(you\)/gi), told).toHaveLength(1);
			for (const { id } of others)
				for (const mine of ours) expect(namesLookAlike(labels.get(id) ?? '', mine), told).toBe(false);
		}
	});
});
