/** What people paste for a link: real links of every script, damaged and wrapped as mail, chat and browsers do it. Seeded, so that each can be had again. */
import type { Random } from './random';

export interface Paste {
	text: string;
	/** In its final form. */
	room: string;
	secret: string;
	/** Nothing of it is lost: it must be found. */
	intact: boolean;
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const rooms = [
	...[
		'team-sync',
		'calm-river-bold-fox-123',
		'2024',
		'straße',
		'café',
		'встреча-2024',
		'会议-2024',
		'فريق-2024',
	],
	...['می\u200cخواهم', 'οδόσ', '한국어-모임', 'ห้องประชุม', 'गूगल-बैठक', '東京-大阪', 'צוות-ירוק'],
];
const words = [
	...[
		'Join my call',
		'see you at 9:30!',
		'Приходи сюда',
		'请点击加入',
		'参加はこちら',
		'انضم إلى المكالمة',
		'הצטרפו',
		'한국어',
	],
	...[
		'👉',
		'#standup',
		'a/b',
		'C++',
		'50 %',
		'https://example.org/agenda',
		'me@example.org',
		'(at nine)',
		'ann: hi',
	],
];
const around: readonly [string, string][] = [
	...(['""', "''", '“”', '„“', '«»', '「」', '『』', '（）', '()', '[]', '<>', '{}', '``', '**', '__'].map(
		(pair) => [pair.slice(0, 1), pair.slice(1)],
	) as [string, string][]),
	...[
		['**', '**'] as const,
		['[Join](', ')'] as const,
		['[Join](<', '>)'] as const,
		['<a href="', '">call</a>'] as const,
	],
	...[
		['[url=', ']call[/url]'] as const,
		['\u2068', '\u2069'] as const,
		['\u200b', ''] as const,
		['\ufeff', '\u200e'] as const,
	],
].map(([before, after]) => [before, after]);
const behind = [
	...[
		'.',
		',',
		')',
		'>',
		'"',
		'!',
		'?',
		';',
		'…',
		'%20',
		'%3D',
		'=',
		'==',
		'%20%20',
		'%E2%80%8B',
		'\u200b',
		'\u2060',
	],
	...['。', '，', '」', '）', '！', '、', '&x=1', '?utm_source=mail', '_', '*', ' ', '\n'],
];
const hashMarks = ['#', '#', '#', '%23', '%2523', '＃', '&#35;', '&#x23;', '&num;', '\\#', '\\u0023'];

export function makeSecret(random: Random): string {
	return `${Array.from({ length: 21 }, () => random.pick([...letters])).join('')}${random.pick([...'AQgw'])}`;
}

export function makePaste(random: Random, origin: string): Paste {
	const room = random.pick(rooms);
	const secret = makeSecret(random);
	const { host } = new URL(origin);
	const begin = random.pick([origin, origin, origin, origin.replace('http', 'HTTP'), host]);
	const path = random.chance(0.5) ? encodeURIComponent(room) : room;
	const lost = random.chance(0.35) ? damage(random, secret) : null;
	const query = random.chance(0.1) ? '?from=mail' : '';
	let text = `${begin}/room/${path}${random.chance(0.1) ? '/' : ''}${query}${random.pick(hashMarks)}${lost ?? secret}`;
	// Underlines of a secret are not to be told from those around it.
	if (lost === null && random.chance(0.3)) {
		const place = text.length - 1 - random.below(text.length - 10);
		// Not into an escape.
		if (!/[%&\\]\w{0,5}$/.test(text.slice(0, place)))
			text = `${text.slice(0, place)}\u200b${text.slice(place)}`;
	}
	if (random.chance(0.5)) text += random.pick(behind);
	for (let times = random.below(3); times > 0; times--) {
		const [before, after] = random.pick(around);
		text = before + text + after;
	}
	if (random.chance(0.4))
		text = `${random.pick(words)}${random.pick([' ', '\n', '\r\n', ': ', ' - '])}${text}`;
	if (random.chance(0.4)) text = `${text}${random.pick([' ', '\n', '. ', ' — '])}${random.pick(words)}`;
	return { text, room, secret, intact: lost === null };
}

/** Cut, too long, or with something else in it. */
function damage(random: Random, secret: string): string {
	const place = 1 + random.below(20);
	return random.pick([
		() => secret.slice(0, place),
		() => secret.slice(place),
		() => secret + random.pick(['A', 'Join', '0', 'w']),
		() =>
			`${secret.slice(0, place)}${random.pick([' ', '\n', '.', '…', 'é', '/', '#', '%20', '='])}${secret.slice(place)}`,
		() => `${secret.slice(0, place)}${random.pick([' ', '.', '*'])}${secret.slice(place + 1)}`,
		() => secret.slice(0, -1) + random.pick(['B', 'z', '-', '', 'а']),
	])();
}

/** Whether a text has any six letters of a secret that follow each other there, in whatever case. */
export function tellsOf(secret: string, text: string): boolean {
	const read = text.toLowerCase();
	const folded = secret.toLowerCase();
	return Array.from({ length: folded.length - 5 }, (_, at) => folded.slice(at, at + 6)).some((piece) =>
		read.includes(piece),
	);
}
