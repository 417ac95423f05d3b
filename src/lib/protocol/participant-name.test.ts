import { describe, expect, it } from 'vitest';
import { joinedText, joinersInVain, withUnseen } from '../../../tests/support/joiners';
import { mixedText } from '../../../tests/support/mixed-scripts';
import { seededRandom, seedFromEnvironment } from '../../../tests/support/random';
import { limits } from './limits';
import { normaliseParticipantName, readParticipantName } from './participant-name';

const seed = seedFromEnvironment();
const generated = 10_000;

/** Written as escapes, since most of it can't be seen. */
const cases: [typed: string, kept: string, what: string][] = [
	['  Ada   Lovelace ', 'Ada Lovelace', 'white space is folded'],
	['Ada\tLovelace\r\n', 'Ada Lovelace', 'tabs and line feeds are white space'],
	['Ada\u00a0\u3000\u2003Lovelace', 'Ada Lovelace', 'wide and unbreakable spaces'],
	['Ada\u2028\u2029B', 'Ada B', 'separators of lines and paragraphs'],
	['A\u0000d\u0007a\u009f', 'A d a', 'controls'],
	['Ad\u00ada', 'Ada', 'a soft hyphen'],
	['Ad\u200ba', 'Ada', 'a zero width space'],
	['Ad\u2060a\ufeff', 'Ada', 'word joiner and byte order mark'],
	['\u202eadA\u202c', 'adA', 'marks that reverse text'],
	['\u2066Ada\u2069\u200e\u200f', 'Ada', 'isolates and directional marks'],
	['\u061cAda', 'Ada', 'the Arabic letter mark'],
	['Ada\u115f\u1160\u3164\uffa0', 'Ada', 'Hangul fillers'],
	['Ad\u034fa', 'Ada', 'the grapheme joiner'],
	['Ada\u2800\u2800Bob', 'Ada Bob', 'Braille blanks'],
	['Ada\u{13441}\u{1d159}', 'Ada', 'hieroglyphs and notes that are blank'],
	['Ada\u17b4\u17b5', 'Ada', 'Khmer vowels that nobody sees'],
	['Ada\u180e\u180b', 'Ada', 'Mongolian separators and selectors'],
	['Ada\ufff9b\ufffac\ufffb', 'Adabc', 'interlinear annotation'],
	['Ada\ufffc', 'Ada', 'the place of an object'],
	['Ada\ufe0f', 'Ada', 'a variation selector after a letter'],
	['Ada\u{e0100}', 'Ada', 'an ideographic one as well'],
	['Ada\u{e0041}\u{e0042}', 'Ada', 'tags'],
	['Ada\u{1d173}\u{1d17a}', 'Ada', 'musical formatting'],
	['Ada\u{1bca0}', 'Ada', 'shorthand formatting'],
	['Ada\u{e0fff}\u2065', 'Ada', 'what Unicode has set aside to be ignored'],
	['Ada\ufdd0\uffff', 'Ada', 'what will never be a character'],
	['Ada\ud800', 'Ada', 'half of a surrogate pair'],
	['A\u200cd\u200da', 'Ada', 'joiners between Latin letters'],
	['\u200dAda\u200c', 'Ada', 'joiners at the ends'],
	['\u0645\u06cc\u200c\u0646\u0627', '\u0645\u06cc\u200c\u0646\u0627', 'a joiner that Persian needs'],
	['\u0646\u0627\u200c \u0645', '\u0646\u0627 \u0645', 'and not one before a space'],
	['\u0646\u200c\u200c\u0645', '\u0646\u0645', 'nor several in a row'],
	['\u0915\u094d\u200d\u0937', '\u0915\u094d\u200d\u0937', 'a joiner that Devanagari needs'],
	['\u0dc1\u0dca\u200d\u0dbb\u0dd3', '\u0dc1\u0dca\u200d\u0dbb\u0dd3', 'and one of Sinhala'],
	['\u0645\u06cc\u200b\u200c\u2060\u0646', '\u0645\u06cc\u200c\u0646', 'a joiner among what goes'],
	['\u{1f469}\u200b\u200d\ufeff\u{1f467}', '\u{1f469}\u200d\u{1f467}', 'one of a family as well'],
	['\u2600\u200b\ufe0f', '\u2600\ufe0f', 'and a selector'],
	['\u0d28\u0d4d\u200d', '\u0d28\u0d4d\u200d', 'a joiner that Malayalam needs at the end of a word'],
	['\u09b0\u200d\u09cd\u09af', '\u09b0\u200d\u09cd\u09af', 'one that Bengali needs before its virama'],
	['\u0915\u200d\u0916', '\u0915\u0916', 'and none without a virama, which nobody sees'],
	['\u0646\u200d\u0645', '\u0646\u0645', 'nor one that joins what is joined'],
	['\u{1f469}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}', 'a family'],
	['\u{1f468}\u{1f3fd}\u200d\u{1f680}', '\u{1f468}\u{1f3fd}\u200d\u{1f680}', 'an astronaut with a skin tone'],
	['\u2764\ufe0f\u200d\u{1f525}', '\u2764\ufe0f\u200d\u{1f525}', 'a heart on fire'],
	['\u{1f44d}\u200d', '\u{1f44d}', 'a joiner with nothing after it'],
	['Ada \u2600\ufe0f', 'Ada \u2600\ufe0f', 'a selector that makes an emoji'],
	['\u2600\ufe0f\ufe0f\ufe0f', '\u2600\ufe0f', 'once'],
	['1\ufe0f\u20e3', '1\ufe0f\u20e3', 'a keycap'],
	['1\ufe0f', '1', 'and no digit dressed up as one'],
	['\u{1f1fa}\u{1f1f3}', '\u{1f1fa}\u{1f1f3}', 'a flag of letters'],
	[
		'\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
		'\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
		'a flag of tags',
	],
	['\u{1f3f4}\u{e0067}\u{e0062}', '\u{1f3f4}', 'and no tags without their end'],
	['\u845b\u{e0100}\u57ce', '\u845b\u{e0100}\u57ce', 'a form of a Japanese name'],
	['\u1820\u180b\u1821', '\u1820\u180b\u1821', 'a form of a Mongolian one'],
	['Jose\u0301', 'Jos\u00e9', 'letters and accents are composed'],
	['e\u200b\u0301', '\u00e9', 'also over what stood between them'],
	['a\u0316\u0317\u0318\u0319', 'a\u0316\u0317\u0318\u0319', 'four marks on a letter'],
	[`a${'\u0316'.repeat(60)}b`, 'a\u0316\u0316\u0316\u0316b', 'and not sixty'],
	[`a${'\u0316\u200b'.repeat(20)}b`, 'a\u0316\u0316\u0316\u0316b', 'however they are kept apart'],
	['\u0301Ada', 'Ada', 'marks with nothing to stand on'],
	['A \u0301\u0301da', 'A da', 'after a space as well'],
	['\u0e17\u0e35\u0e48\u0e23\u0e31\u0e01', '\u0e17\u0e35\u0e48\u0e23\u0e31\u0e01', 'Thai is kept'],
	['\u1112\u1161\u11ab', '\ud55c', 'Hangul is composed'],
	['O\u2019Brien-Smith, Jr.', 'O\u2019Brien-Smith, Jr.', 'punctuation'],
	['<b>Ada</b>', '<b>Ada</b>', 'what looks like markup is text'],
];

/** A name of these alone shows nothing. */
const empty: [string, string][] = [
	['', 'nothing'],
	[' \u00a0\u3000', 'spaces'],
	['\u200b\u2060\ufeff', 'zero width'],
	['\u00ad', 'a soft hyphen'],
	['\u061c', 'the Arabic letter mark'],
	['\u3164', 'a Hangul filler'],
	['\u115f\u1160\uffa0', 'the other ones'],
	['\u2800', 'a Braille blank'],
	['\u200d\u200c', 'joiners'],
	['\ufe0f\ufe0e', 'variation selectors'],
	['\u{e0100}\u{e0041}\u{e007f}', 'selectors and tags'],
	['\u0301\u0302', 'marks'],
	['\u20e3', 'a keycap without its key'],
	['\u{13441}\u{1d159}\ufffc', 'blanks'],
	['\ue000\u{f0000}\u{10fffd}', 'what is for private use'],
	['\u{e0080}\u0378', 'what is not assigned'],
	['\u0600', 'a number sign with no number'],
	['\ud800\udfff'.split('').reverse().join(''), 'halves'],
];

describe('a participant’s name', () => {
	it.each(cases)('[J10] %j becomes %j: %s', (typed, kept) => {
		expect(normaliseParticipantName(typed)).toBe(kept);
	});

	it.each(empty)('[J10] %j is none: %s', (typed) => {
		expect(normaliseParticipantName(typed)).toBe('');
	});

	it('[J10] is none of any one character that is no letter, number, punctuation, symbol or picture', () => {
		const isSeen = /^[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u;
		const wrong: string[] = [];
		// All of the planes that have characters, and some of each that has none.
		for (let code = 0; code <= 0x10ffff; code += code < 0x40000 || code >> 16 === 14 ? 1 : 97) {
			const character = String.fromCodePoint(code);
			const name = normaliseParticipantName(character);
			if (name !== '' && !isSeen.test(name)) wrong.push(code.toString(16));
		}
		expect(wrong).toEqual([]);
	});

	it(`is something to see or none, and no longer than it was, for ${generated.toLocaleString('en')} names of many scripts (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < generated; round++) {
			const typed = mixedText(random, 6);
			const name = normaliseParticipantName(typed);
			expect(normaliseParticipantName(name), JSON.stringify(typed)).toBe(name);
			expect(name, JSON.stringify(typed)).not.toMatch(
				/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\u2800]|\p{M}{9}|^\s|\s$|\s\s/u,
			);
			if (name !== '') expect(name, JSON.stringify(typed)).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u);
			expect(readParticipantName(typed)).not.toBe('');
			expect(readParticipantName(typed).length).toBeLessThanOrEqual(limits.nameMax);
		}
	});

	it('is the same when it is normalised again, whatever it is made of', () => {
		const pieces = [...cases.map(([typed]) => typed), ...empty.map(([typed]) => typed)].flatMap((typed) => [
			...typed,
		]);
		let seed = 7;
		const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
		for (let round = 0; round < 5_000; round++) {
			const typed = Array.from({ length: 1 + random(12) }, () => pieces[random(pieces.length)]).join('');
			const once = normaliseParticipantName(typed);
			expect(normaliseParticipantName(once), JSON.stringify(typed)).toBe(once);
			if (once !== '') expect(once, JSON.stringify(typed)).toMatch(/[\p{L}\p{N}\p{P}\p{S}]/u);
		}
	});

	it(`is the same with anything in between that nobody sees, and keeps no joiner in vain, in ${generated.toLocaleString('en')} names (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < generated; round++) {
			const typed = joinedText(random);
			const name = normaliseParticipantName(typed);
			expect(normaliseParticipantName(name), JSON.stringify(typed)).toBe(name);
			expect(joinersInVain(name), JSON.stringify(typed)).toEqual([]);
			expect(normaliseParticipantName(withUnseen(typed, random)), JSON.stringify(typed)).toBe(name);
		}
	});

	it('costs little, however hostile it is', () => {
		const begun = performance.now();
		for (const piece of ['\u0301', '\u200d', '\u{1f469}\u200d', '\u0646\u200c', '\u{1f3f4}\u{e0067}']) {
			normaliseParticipantName(piece.repeat(20_000));
		}
		expect(performance.now() - begun).toBeLessThan(1_000);
	});
});

describe('a name that somebody else says', () => {
	it('is shown as it is when it is one', () => {
		expect(readParticipantName('Ada')).toBe('Ada');
	});

	it('is bounded and cleared all the same, and never nothing: a server may send what it likes', () => {
		expect(readParticipantName(' A\u202eda\u0000 ')).toBe('Ada');
		expect(readParticipantName('x'.repeat(1_000_000))).toBe('x'.repeat(limits.nameMax));
		expect(readParticipantName('\u{1f469}\u200d'.repeat(50)).length).toBeLessThanOrEqual(limits.nameMax);
		expect(readParticipantName('\u3164')).toBe('Nameless');
	});
});
