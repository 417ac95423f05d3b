import { describe, expect, it } from 'vitest';
import { makeSecret, tellsOf } from '../../../tests/support/pastes';
import { seededRandom, seedFromEnvironment } from '../../../tests/support/random';
import { parseRoomLink, parseSharedLink } from './pasted-link';
import { readRoomAddress } from './room-link';

const origin = 'https://parley.example';
const secret = 'q7Yw2mXKp4sVb9LhTzE0dA';
const hash = `#${secret}`;
const link = `${origin}/room/team-sync${hash}`;

describe('what a person types', () => {
	it.each([
		['Team Sync!', 'team-sync'],
		['  Café Zürich ', 'café-zürich'],
		['Q3/Q4 review', 'q3-q4-review'],
		['Standup: Monday', 'standup-monday'],
		['Room 101', 'room-101'],
		['[team-sync]', 'team-sync'],
		['\u200bВстреча 2024', 'встреча-2024'],
	])('%j is the name of a room', (typed, room) => {
		expect(parseRoomLink(typed, origin)).toEqual({ ok: true, room, hash: '' });
	});

	it.each([
		['', 'empty'],
		[' \u200b ', 'empty'],
		['ab', 'bad-room-name'],
		['plan #2', 'bad-room-name'],
		['C# course', 'bad-room-name'],
		['plan%232', 'bad-room-name'],
		['meeting room/lobby', 'not-a-room-link'],
		['www.parley.example', 'not-a-room-link'],
		['parley.example', 'not-a-room-link'],
		['example.org/agenda', 'not-a-room-link'],
		['localhost:3000/', 'not-a-room-link'],
		['/settings', 'not-a-room-link'],
		['mailto:ann@parley.example', 'not-a-room-link'],
	])('%j is none: %s', (typed, reason) => {
		expect(parseRoomLink(typed, origin)).toMatchObject({ ok: false, reason });
	});
});

describe('a link, however it comes', () => {
	it.each([
		...[link, ` ${link} `, link.replace('https', 'http'), link.replace(origin, 'HTTPS://PARLEY.EXAMPLE')],
		...[`parley.example/room/team-sync${hash}`, `/room/team-sync${hash}`, `room/team-sync${hash}`],
		...[`Team Sync${hash}`, `team-sync%23${secret}`, `${origin}/room/Team%20Sync${hash}`],
		...[`${origin}/room/team-sync/${hash}`, `${origin}/room/team-sync?from=mail${hash}`],
		...[
			`"${link}"`,
			`'${link}'`,
			`“${link}”`,
			`„${link}“`,
			`«${link}»`,
			`「${link}」`,
			`（${link}）`,
			`(${link})`,
		],
		...[
			`<${link}>`,
			`[Join](${link})`,
			`[${link}](${link})`,
			`[parley.example/room/team-sync](${link} "Join")`,
		],
		...[`**${link}**`, `_${link}_`, `__${link}__`, `\`${link}\``, `> ${link}`, link.replace('m-s', 'm\\-s')],
		...[`Join my call\n${link}`, `Join my call\r\n${link}\r\nThanks`, `Join my call${link}`, `Join:${link}`],
		...[
			`We talk at nine (${link}), bring tea.`,
			`см. ${link}, спасибо`,
			`加入${link}加入`,
			`请点击：${link}。`,
		],
		...[
			`加入parley.example/room/team-sync${hash}`,
			`👉parley.example/room/team-sync${hash}👈`,
			`url=${link}`,
		],
		...[
			link.replace('#', '%23'),
			link.replace('#', '%2523'),
			link.replace('#', '＃'),
			link.replace('#', '&#35;'),
		],
		...[link.replace('#', '&amp;#x23;'), link.replace('#', '&num;'), link.replace('#', '\\u0023')],
		...[`<a href="${link}&amp;x=1">call</a>`, link.replaceAll('/', '\\/'), `[url=${link}]call[/url]`],
		...[
			`\u200b${link}`,
			`\ufeff${link}`,
			`\u2068${link}\u2069`,
			`\u202a${link}\u202c`,
			link.replace('ley', '\u200bley'),
		],
		...[`${link.slice(0, -9)}\u200b${link.slice(-9)}`, `${link.slice(0, -9)}=\r\n${link.slice(-9)}`],
		...['.', ',', ')', '>', '!', '…', '%20', '%3D', '=', '。', '，', '！', '\u200b'].map((end) => link + end),
		...[
			`${link} ${link}`,
			link + link,
			`https://example.org/agenda and ${link}`,
			`${origin}/room/team-sync\n${hash}`,
		],
		...[`${origin}/room/team-sync or better ${link}`, `https://elsewhere.example/room/other ${link}`],
		`https://filter.example/?url=${encodeURIComponent(link)}&data=1`,
		`${origin}/join?text=${encodeURIComponent(`Join my call ${link}`)}`,
	])('is found in %j', (typed) => {
		expect(parseRoomLink(typed, origin)).toEqual({ ok: true, room: 'team-sync', hash });
	});

	it.each([
		...[`${origin}/room/team-sync`, `${origin}/room/team-sync.`, `(${origin}/room/team-sync)`],
		...[`**${origin}/room/team-sync**`, `«${origin}/room/team-sync»`, `${origin}/room/team-sync。`],
		...[
			'加入parley.example/room/team-sync',
			'/room/team-sync',
			'room/team-sync',
			`${origin}/room/Team%2520Sync`,
		],
	])('without a secret is found in %j', (typed) => {
		expect(parseRoomLink(typed, origin)).toEqual({ ok: true, room: 'team-sync', hash: '' });
	});

	it.each([
		...[
			link.slice(0, -1),
			`${link}A`,
			`${link}Join`,
			`${link.slice(0, -9)} ${link.slice(-9)}`,
			`${origin}/room/team-sync#`,
		],
		...[
			link.replace('Xk', 'X*k').replace('mX', 'm.X'),
			`${origin}/room/team-sync)${hash}`,
			`${origin}/room/team-sync and ${hash}`,
		],
		...[`team-sync${hash.slice(0, 15)}`, `team-sync%23${secret}A`, secret, hash, `team-sync ${secret}`],
		...[`${origin}/room/team-s…`, `${origin}/room/team-sync#chat`],
	])('that is damaged never opens the room without its secret: %j', (typed) => {
		expect(parseRoomLink(typed, origin)).toMatchObject({ ok: false, reason: 'damaged-link' });
	});

	it.each([
		...['https://parley.example/', 'https://parley.example/room/', 'https://parley.example/room/a/b'],
		...['https://parley.example/settings', 'ftp://parley.example/room/team-sync', 'https://', 'https://[x'],
	])('to something else is refused: %j', (typed) => {
		expect(parseRoomLink(typed, origin)).toEqual({ ok: false, reason: 'not-a-room-link' });
	});

	it('to no possible room is refused', () => {
		for (const typed of [`${origin}/room/x`, `${origin}/room/c%2B%2B-course${hash}`, `${origin}/room/%ff`]) {
			expect(parseRoomLink(typed, origin)).toMatchObject({ ok: false, reason: 'bad-room-name' });
		}
	});

	it('says where a room on another server can be opened', () => {
		for (const typed of ['https://other.example/room/team-sync#x', '(other.example/room/team-sync#x)']) {
			expect(parseRoomLink(typed, origin)).toEqual({
				ok: false,
				reason: 'other-server',
				url: 'https://other.example/room/team-sync#x',
			});
		}
	});

	it('tells ports of one host apart', () => {
		const local = 'http://localhost:3000';
		expect(parseRoomLink('localhost:3000/room/team-sync', local)).toMatchObject({ ok: true });
		expect(parseRoomLink('http://localhost:4000/room/team-sync', local)).toMatchObject({
			reason: 'other-server',
		});
		expect(parseRoomLink('http://[::1]:3000/room/team-sync', 'http://[::1]:3000')).toMatchObject({
			ok: true,
		});
	});

	it('never lets a secret become part of a room name', () => {
		for (const typed of [`Team Sync${hash}`, `/room/team-sync${hash}`, `${origin}/room/team-sync${hash}`]) {
			expect(parseRoomLink(typed, origin)).toEqual({ ok: true, room: 'team-sync', hash });
		}
		for (const typed of [
			`team-sync \\x23${secret}`,
			`team-sync%u0023${secret}`,
			`team-sync&hash;${secret}`,
		]) {
			expect(parseRoomLink(typed, origin).ok, typed).toBe(false);
		}
	});

	it.each(['', ' ', '-', '_', '.', ':', '…', '%20', '%0A', '%3F', '%2F', '?', ';', ',', '\n', '\n\n'])(
		'whose # has become %j opens neither another room nor this one without its secret',
		(mark) => {
			expect(parseRoomLink(link.replace('#', mark), origin).ok).toBe(false);
			// Browsers take line feeds out of addresses.
			if (/\n/.test(mark)) return;
			expect(readRoomAddress(new URL(link.replace('#', mark)))?.ok ?? false).toBe(false);
		},
	);

	it('has a secret that is no name when it is pasted alone', () => {
		const random = seededRandom(seedFromEnvironment());
		console.log(`seed ${random.seed}`);
		let taken = 0;
		for (let round = 0; round < 10_000; round++) {
			const bare = makeSecret(random);
			const read = parseRoomLink(bare, origin);
			if (read.ok && tellsOf(bare, read.room)) taken += 1;
		}
		// One in two hundred looks like words put together, of which a name may be made.
		expect(taken).toBeLessThan(100);
	});

	it.each([
		'Sprint-Review-Team-42-Planning',
		'Q3-Q4-Review-2024-with-Ann-B-meeting',
		'OurFavouriteBigMeeting',
		'MyFavouriteMeetingRoomA',
		'internationalization-meeting',
		'IBM-z16-PoC-Kickoff-Meeting',
	])('is not seen in the name %s', (name) => {
		expect(parseRoomLink(name, origin).ok).toBe(true);
		expect(readRoomAddress(new URL(`${origin}/room/${name}`))?.ok).toBe(true);
	});

	it('is not read when the text is cut within it', () => {
		for (const written of [link, link.replace('#', '\n#'), link.replace('team-sync', 'team=\r\n-sync')])
			for (let before = 3_880; before <= 4_010; before++) {
				const text = `${'x '.repeat(before).slice(0, before)} ${written}`;
				const read = parseRoomLink(text, origin);
				if (read.ok)
					expect(read, `${before} characters before`).toEqual({ ok: true, room: 'team-sync', hash });
			}
		expect(parseRoomLink(`${origin}/room/${'x'.repeat(5_000)}`, origin).ok).toBe(false);
	});

	it('is read in no time, however hostile the text', () => {
		const begun = performance.now();
		for (const piece of [
			'https://',
			'a.',
			'/room/',
			'%2',
			'%252f',
			'&amp;',
			'#',
			'room/',
			'a:',
			'(',
			'a@b.c/room/',
		]) {
			parseRoomLink(piece.repeat(100_000), origin);
		}
		expect(performance.now() - begun).toBeLessThan(1_500);
	});
});

describe('what another app shares', () => {
	it('is a link, in the field for links or in any other', () => {
		const room = { ok: true, room: 'team-sync', hash };
		expect(parseSharedLink([link, null, null], origin)).toEqual(room);
		expect(parseSharedLink([null, link, 'Join my call'], origin)).toEqual(room);
	});

	it('may be a sentence with the link in it', () => {
		const sentence = `We talk at nine (${link}), bring tea.`;
		expect(parseSharedLink([null, sentence], origin)).toEqual({ ok: true, room: 'team-sync', hash });
	});

	it('may hold other links first', () => {
		const text = `https://example.org/agenda and ${link}`;
		expect(parseSharedLink([text], origin)).toEqual({ ok: true, room: 'team-sync', hash });
	});

	it('may be the name of a room', () => {
		expect(parseSharedLink(['', 'team-sync'], origin)).toEqual({ ok: true, room: 'team-sync', hash: '' });
	});

	it('is no room of the name of its title when its link leads elsewhere or is damaged', () => {
		const elsewhere = 'https://elsewhere.example/room/team-sync';
		expect(parseSharedLink([elsewhere, null, 'Parley'], origin)).toMatchObject({ reason: 'other-server' });
		expect(parseSharedLink([link.slice(0, -1), null, 'Parley'], origin)).toMatchObject({
			reason: 'damaged-link',
		});
	});

	it('is no room when it is a sentence without a link, or a link to something else', () => {
		const nothing = { ok: false, reason: 'not-a-room-link' };
		expect(parseSharedLink(['see you at nine'], origin)).toEqual(nothing);
		expect(parseSharedLink(['https://parley.example/settings'], origin)).toEqual(nothing);
		expect(parseSharedLink([null, ''], origin)).toEqual({ ok: false, reason: 'empty' });
	});

	it('may lead to a room on another server, and says where', () => {
		const url = 'https://elsewhere.example/room/team-sync';
		expect(parseSharedLink([url], origin)).toEqual({ ok: false, reason: 'other-server', url });
	});

	it('never leads to an address that is not of the web, and names whoever is behind another one', () => {
		for (const trick of [
			'javascript:alert(1)//room/team-sync',
			'data:text/html,<p>/room/team-sync',
			'file:///room/team-sync',
		])
			expect(parseSharedLink([trick], origin), trick).toEqual({ ok: false, reason: 'not-a-room-link' });
		expect(parseSharedLink([`https://parley.example@evil.example/room/team-sync${hash}`], origin)).toEqual({
			ok: false,
			reason: 'other-server',
			url: `https://evil.example/room/team-sync${hash}`,
		});
	});

	it('is read no further than a link could be', () => {
		const begun = performance.now();
		expect(
			parseSharedLink([`see ${'a'.repeat(5_000_000)}`, `see ${'x'.repeat(4_000)} ${link}`], origin).ok,
		).toBe(false);
		expect(performance.now() - begun).toBeLessThan(1_000);
	});
});
