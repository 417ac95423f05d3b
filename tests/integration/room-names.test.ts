/** Thousands of names in mixed scripts: no two that a reader can tell apart are one room, and one name is one room however it is written. */
import { expect, it } from 'vitest';
import { isRoomName, normaliseRoomName } from '../../src/lib/protocol';
import { seededRandom, seedFromEnvironment, type Random } from '../support/random';

const words = [
	...[
		'Team',
		'Sync',
		'Café',
		'cafe',
		'Straße',
		'Strasse',
		'C',
		'C++',
		'C#',
		'R&D',
		'Q3/Q4',
		'Ünï',
		'İstanbul',
		'ılık',
	],
	...[
		'Встреча',
		'встречи',
		'Сора',
		'с',
		'Ёж',
		'Еж',
		'Йод',
		'п’ять',
		'ΟΔΟΣ',
		'οδός',
		'και',
		'会议',
		'會議',
		'会議',
		'二〇',
		'一',
	],
	...[
		'ルーム',
		'るーむ',
		'ガ',
		'カ',
		'パ',
		'ハ',
		'한국어',
		'모임',
		'فريق',
		'فرِيق',
		'می\u200cخواهم',
		'میخواهم',
		'צוות',
		'צַוות',
	],
	...[
		'गूगल',
		'गुगल',
		'क्‍ष',
		'क्ष',
		'ห้อง',
		'หอง',
		'2024',
		'２０２４',
		'٢٠٢٤',
		'²',
		'①',
		'½',
		'™',
		'€',
		'50%',
		'🎉',
		'👩‍👩‍👧',
		'+',
		'_',
		'|',
	],
];
const characters = [
	...new Set(words.flatMap((word) => [...word])),
	..."aаοoｏ.,!?·—'’\u0301\u0308\u200b\u202e\u2060 \t",
];

function makeName(random: Random): string {
	const chosen = Array.from({ length: 1 + random.below(4) }, () => random.pick(words));
	return chosen.join(random.pick([' ', '-', ' - ', '　', ', ', '']));
}

/** One thing about it is different. */
function alter(random: Random, name: string): string {
	const parts = [...name];
	const at = random.below(parts.length);
	const change = random.below(5);
	if (change === 0) parts[at] = random.pick(characters);
	else if (change === 1) parts.splice(at, 1);
	else if (change === 2) parts.splice(at, 0, random.pick(characters));
	else if (change === 3) return `${name.repeat(1 + random.below(9))}${random.pick(characters)}`;
	else return name.normalize('NFD').replace(/\p{M}/u, '');
	return parts.join('');
}

/** What somebody reads, said as simply as can be: letters without their size, digits and signs, each where it stands. */
function read(name: string): string {
	return (
		name
			.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
			.replace(/(?![\u200c\u200d])[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, '')
			// Joiners are seen between two letters that they part or join, and nowhere else.
			.replace(
				/(?<![\p{sc=Arab}\p{sc=Deva}])[\u200c\u200d]|[\u200c\u200d](?!(?=\p{L})[\p{sc=Arab}\p{sc=Deva}])/gu,
				'',
			)
			.normalize('NFC')
			.toLowerCase()
			.replace(/i\u0307/g, 'i')
			.replace(/ς/g, 'σ')
			.replace(/[^\p{L}\p{M}\p{N}\p{S}#%&@*\\\u200c\u200d]+|[|_`´~]/gu, ' ')
			.replace(/ +/g, ' ')
			.trim()
	);
}

it(
	'of ten thousand pairs no two names that a reader can tell apart lead to one room',
	{ timeout: 60_000 },
	() => {
		const random = seededRandom(seedFromEnvironment());
		console.log(`seed ${random.seed}`);
		const count = { rooms: 0, apart: 0 };
		for (let round = 0; round < 10_000; round++) {
			const name = makeName(random);
			const other = random.chance(0.8) ? alter(random, name) : makeName(random);
			const [one, two] = [normaliseRoomName(name), normaliseRoomName(other)];
			if (one.ok) expect(isRoomName(one.room), JSON.stringify(name)).toBe(true);
			if (!one.ok || !two.ok) continue;
			count.rooms += 1;
			if (read(name) === read(other)) continue;
			count.apart += 1;
			expect(one.room, JSON.stringify({ name, other })).not.toBe(two.room);
		}
		expect(count.rooms).toBeGreaterThan(2_000);
		expect(count.apart).toBeGreaterThan(1_500);
	},
);

it(
	'one name is one room, composed or not, with whatever nobody sees in it, and in capitals',
	{ timeout: 60_000 },
	() => {
		const random = seededRandom(seedFromEnvironment());
		for (let round = 0; round < 10_000; round++) {
			const name = makeName(random);
			const result = normaliseRoomName(name);
			if (!result.ok) continue;
			const at = random.below(name.length);
			for (const written of [
				...[name.normalize('NFD'), ` ${name}! `, `\u2068${name}\u2069`, name.toLowerCase(), result.room],
				/[\u200c\u200d]/.test(name) ? name : `${name.slice(0, at)}\u200b${name.slice(at)}`,
			]) {
				expect(normaliseRoomName(written), JSON.stringify({ name, written })).toEqual(result);
			}
		}
	},
);
