import { describe, expect, it } from 'vitest';
import { isVirama, joinedText, joinersInVain, withUnseen } from '../../../tests/support/joiners';
import { seededRandom, seedFromEnvironment } from '../../../tests/support/random';
import { joiningScripts, withoutUnseen } from './invisible';
import { limits } from './limits';
import { isRoomName, normaliseRoomName } from './room-name';

const seed = seedFromEnvironment();

describe('[M4] [M5] [M6] a room name', () => {
	it.each([
		['Team Sync!', 'team-sync'],
		['  Q3/Q4   review ', 'q3-q4-review'],
		['Встреча 2024', 'встреча-2024'],
		['会议 2024', '会议-2024'],
		['فريق 2024', 'فريق-2024'],
		['Straße', 'straße'],
		['STRASSE', 'strasse'],
		['Café', 'café'],
		['Cafe\u0301', 'café'],
		['cafe', 'cafe'],
		['ΟΔΟΣ', 'οδοσ'],
		['οδός', 'οδόσ'],
		['İstanbul', 'istanbul'],
		['한국어 모임', '한국어-모임'],
		['गूगल बैठक', 'गूगल-बैठक'],
		['ห้องประชุม', 'ห้องประชุม'],
		['می\u200cخواهم', 'می\u200cخواهم'],
		['മോഹന്\u200d', 'മോഹന്\u200d'],
		['র\u200d্যাব', 'র\u200d্যাব'],
		['कम\u200dल', 'कमल'],
		['می\u200b\u200cخواهم', 'می\u200cخواهم'],
		['فـــريق', 'فريق'],
		['AI会議ルーム', 'ai会議ルーム'],
		['日本語ーテスト', '日本語ーテスト'],
		['東京～大阪', '東京-大阪'],
		['ｔｅａｍ　ｓｙｎｃ', 'team-sync'],
		['二〇二四', '二〇二四'],
		['п’ять', 'п-ять'],
		['пʼять', 'п-ять'],
		['Team\u200b\u202e Sync\u2069', 'team-sync'],
		['встреча с Bob', 'встреча-с-bob'],
		['Bob και Ann', 'bob-και-ann'],
		['a--b', 'a-b'],
	])('of %j is %j', (typed, room) => {
		expect(normaliseRoomName(typed)).toEqual({ ok: true, room });
		expect(isRoomName(room)).toBe(true);
	});

	it.each([
		['C++ course', '+'],
		['C# course', '#'],
		['plan＃2', '#'],
		['team%23x', '%'],
		['R&D', '&'],
		['me@home', '@'],
		['50 €', '€'],
		['m²', '²'],
		['№ 5', '№'],
		['① team', '①'],
		['team™', '™'],
		['party 🎉', '🎉'],
		['team\\x23', '\\'],
		['team \u0301x', '\u0301'],
	])('is not made of %j, which would lose its %j', (typed, character) => {
		expect(normaliseRoomName(typed)).toEqual({ ok: false, problem: 'character', character });
	});

	it.each([
		['', 'too-short'],
		['!!!', 'too-short'],
		['ab', 'too-short'],
		['会议', 'too-short'],
		['x'.repeat(limits.roomNameMax + 1), 'too-long'],
		['x '.repeat(1_000_000), 'too-long'],
		['teаm sync', 'mixed'], // a Cyrillic а
		['sync сора', 'mixed'], // Cyrillic as a whole
		['ρaypal', 'mixed'],
		['tɑm', 'mixed'],
		['team一sync', 'mixed'],
		['team-ー-sync', 'mixed'],
		['فريق ٢٢ ۲۲', 'mixed'],
	])('is not made of %j: %s', (typed, problem) => {
		expect(normaliseRoomName(typed)).toEqual({ ok: false, problem });
	});

	it('is never cut: two long names would be one', () => {
		const long = 'x'.repeat(limits.roomNameMax);
		expect(normaliseRoomName(long)).toEqual({ ok: true, room: long });
		expect(normaliseRoomName(`${long}y`).ok).toBe(false);
	});

	it('is one as long as it was one: of small Latin letters, digits and single hyphens', () => {
		for (const room of ['abc', 'team-sync', '2024', 'calm-river-bold-fox-123', 'a'.repeat(64)]) {
			expect(isRoomName(room)).toBe(true);
		}
		for (const room of [
			'ab',
			'-abc',
			'abc-',
			'Team',
			'a b c',
			'a--b',
			'a'.repeat(65),
			'team#x',
			'',
			'Встреча',
			'ｔｅａｍ',
		]) {
			expect(isRoomName(room), room).toBe(false);
		}
	});

	it('is the same when it is normalised again, with any character in it', () => {
		for (let point = 0; point < 0x30000; point++) {
			const character = String.fromCodePoint(point);
			const result = normaliseRoomName(`ab${character}c${character}`);
			if (result.ok) expect(isRoomName(result.room), point.toString(16)).toBe(true);
		}
	});

	it(`is the same with anything in between that nobody sees, and keeps no joiner in vain, in 10,000 names (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < 10_000; round++) {
			const typed = `${joinedText(random)}${joinedText(random)}`;
			const result = normaliseRoomName(typed);
			expect(normaliseRoomName(withUnseen(typed, random)), JSON.stringify(typed)).toEqual(result);
			if (!result.ok) continue;
			expect(isRoomName(result.room), JSON.stringify(typed)).toBe(true);
			expect(joinersInVain(result.room), JSON.stringify(typed)).toEqual([]);
		}
	});

	it('keeps joiners after the viramas of all scripts that have them, and there alone', () => {
		const script = new RegExp(`[${joiningScripts.map((name) => `\\p{Script=${name}}`).join('')}]`, 'u');
		for (let point = 0; point < 0x20000; point++) {
			const mark = String.fromCodePoint(point);
			if (!/\p{M}/u.test(mark) || !script.test(mark)) continue;
			const kept = withoutUnseen(`\u0915${mark}\u200d\u0937`).includes('\u200d');
			expect(kept, point.toString(16)).toBe(isVirama(mark));
		}
	});

	it('costs little, however hostile it is', () => {
		const begun = performance.now();
		for (const piece of ['\u0301', 'ﷺ', '一', 'а', '-', '\u200d', 'ا\u200c']) {
			normaliseRoomName(piece.repeat(1_000));
			isRoomName(piece.repeat(1_000_000));
		}
		expect(performance.now() - begun).toBeLessThan(500);
	});
});
