import { describe, expect, it } from 'vitest';
import { mixedText } from '../../../../tests/support/mixed-scripts';
import { seededRandom, seedFromEnvironment } from '../../../../tests/support/random';
import { linkify } from './links';

const seed = seedFromEnvironment();
const generated = 10_000;

const links = (text: string) =>
	linkify(text).flatMap((segment) => (segment.kind === 'link' ? [[segment.text, segment.href]] : []));
const hrefs = (text: string) => links(text).map(([, href]) => href);

/** What a reader takes for the link. */
const seen: [typed: string, links: string | string[] | null, why: string][] = [
	// Text in scripts that are written without spaces.
	[
		'请看https://a.example/路径。',
		'https://a.example/路径',
		'begins after a letter and ends before a full stop',
	],
	['请看https://a.example/x，谢谢', 'https://a.example/x', 'a full-width comma'],
	['链接：https://a.example/x；还有', 'https://a.example/x', 'a full-width colon before, a semicolon after'],
	['（https://a.example/x）', 'https://a.example/x', 'full-width brackets'],
	['「https://a.example/x」です', 'https://a.example/x', 'corner brackets'],
	['【https://a.example/x】', 'https://a.example/x', 'lenticular brackets'],
	['《https://a.example/x》', 'https://a.example/x', 'brackets of titles'],
	['https://a.example/x！真的？', 'https://a.example/x', 'a full-width exclamation mark'],
	['你看过https://a.example/x吗？', 'https://a.example/x', 'the text goes on after a letter'],
	['https://a.example看看', 'https://a.example', 'after a host as well'],
	['https://a.example/x/看看', 'https://a.example/x/看看', 'and after a slash it is a part of the path'],
	['見てhttps://a.example/xを見て', 'https://a.example/x', 'a Japanese particle'],
	[
		'https://a.example/x、https://b.example/y。',
		['https://a.example/x', 'https://b.example/y'],
		'an enumeration',
	],
	['https://a.example/x〜', 'https://a.example/x', 'a wave dash'],
	[
		'https://ja.example/wiki/ジョン・スミス',
		'https://ja.example/wiki/ジョン・スミス',
		'a middle dot between names',
	],
	[
		'https://ja.example/wiki/東京2020です',
		'https://ja.example/wiki/東京2020です',
		'a part that begins with such letters holds all of them',
	],
	['https://zh.example/wiki/AC_米兰', 'https://zh.example/wiki/AC_米兰', 'behind an underscore'],
	['https://zh.example/wiki/张伟_(演员)', 'https://zh.example/wiki/张伟_(演员)', 'in brackets of a title'],
	[
		'https://zh.example/wiki/Category:动物',
		'https://zh.example/wiki/Category:动物',
		'behind the colon of a namespace',
	],
	['https://a.example/?q=天气&l=1', 'https://a.example/?q=天气&l=1', 'in a query'],
	['https://a.example/x(说明)', 'https://a.example/x', 'a remark in brackets'],
	['https://a.example/x.请看', 'https://a.example/x', 'an ASCII full stop ends a sentence too'],
	['https://a.example/x,请看', 'https://a.example/x', 'so does a comma'],
	['https://例え.テスト/あ', 'https://例え.テスト/あ', 'a host of such letters'],
	['https://a.example/%E8%B7%AF看', 'https://a.example/%E8%B7%AF', 'after an escaped path'],
	['링크는https://a.example/x입니다', 'https://a.example/x', 'Korean endings'],
	['https://a.example/x에서 만나요', 'https://a.example/x', 'a Korean particle'],
	['ดูที่https://a.example/xนะ', 'https://a.example/x', 'Thai'],
	['https://a.example/x👍', 'https://a.example/x', 'a picture'],
	['ーhttps://a.example/x', 'https://a.example/x', 'after a mark of length'],
	// Other scripts' punctuation, and what sticks to the front.
	['انظر https://a.example/x، شكرا', 'https://a.example/x', 'an Arabic comma'],
	['https://a.example/x؟', 'https://a.example/x', 'an Arabic question mark'],
	['בhttps://a.example/x', 'https://a.example/x', 'a Hebrew preposition'],
	['देखें https://a.example/x। धन्यवाद', 'https://a.example/x', 'a danda'],
	['смотриhttps://a.example/x', 'https://a.example/x', 'Cyrillic before it'],
	[
		'https://ru.example/wiki/Москва_—_столица',
		'https://ru.example/wiki/Москва_—_столица',
		'a dash in a title',
	],
	['see https://a.example/x—it is good', 'https://a.example/x', 'a dash in a sentence'],
	['https://a.example/Michelson–Morley', 'https://a.example/Michelson–Morley', 'a short one joins'],
	// Quotes.
	['„https://a.example/x“,weiter', 'https://a.example/x', 'German quotes'],
	['«https://a.example/x»', 'https://a.example/x', 'French ones'],
	['“https://a.example/x”and', 'https://a.example/x', 'English ones'],
	['‘https://a.example/x’s', 'https://a.example/x', 'single ones that were opened'],
	["'https://a.example/x','y'", 'https://a.example/x', 'straight ones that were opened'],
	['https://fr.example/wiki/L’Équipe', 'https://fr.example/wiki/L’Équipe', 'an apostrophe in a title'],
	['"https://a.example/x"y', 'https://a.example/x', 'straight double ones'],
	// Brackets.
	['(https://a.example/x),and', 'https://a.example/x', 'a bracket that was not opened inside'],
	['https://a.example/A_(b)', 'https://a.example/A_(b)', 'one that was'],
	['(see https://a.example/A_(b))', 'https://a.example/A_(b)', 'both'],
	['https://a.example/(', 'https://a.example/', 'one that is never closed, at the end'],
	['<https://a.example/x>', 'https://a.example/x', 'angle brackets'],
	['http://[::1]:3000/x', 'http://[::1]:3000/x', 'an address with brackets of its own'],
	// Markdown.
	['[text](https://a.example/x)rest', 'https://a.example/x', 'a link'],
	[
		'[https://a.example/x](https://b.example/y)',
		['https://a.example/x', 'https://b.example/y'],
		'a link of a link',
	],
	['**https://a.example/x**', 'https://a.example/x', 'bold'],
	['**https://a.example/x**，好', 'https://a.example/x', 'bold among full-width marks'],
	['**https://a.example/x**and', 'https://a.example/x', 'bold among letters'],
	['_https://a.example/a_b_', 'https://a.example/a_b', 'italic'],
	['~~https://a.example/x~~.', 'https://a.example/x', 'struck out'],
	['- https://a.example/x\n- https://b.example/y', ['https://a.example/x', 'https://b.example/y'], 'a list'],
	['1.https://a.example/x', 'https://a.example/x', 'a numbered one'],
	['|https://a.example/x|y|', 'https://a.example/x', 'a table'],
	['`https://a.example/x`', 'https://a.example/x', 'code'],
	// What stays as it is.
	[
		'https://a.example/https://b.example/',
		'https://a.example/https://b.example/',
		'an address in an address',
	],
	['https://bank.example＠evil.example/', null, 'no sign that would be read as another host'],
	['https://a.example/x…', 'https://a.example/x', 'an ellipsis'],
];

describe('linkify', () => {
	it('splits a text into pieces that joined are the text', () => {
		const text = 'see https://a.example/x, or mailto:ann@a.example.\n<b>bye</b>';
		expect(linkify(text)).toEqual([
			{ kind: 'text', text: 'see ' },
			{ kind: 'link', text: 'https://a.example/x', href: 'https://a.example/x' },
			{ kind: 'text', text: ', or ' },
			{ kind: 'link', text: 'mailto:ann@a.example', href: 'mailto:ann@a.example' },
			{ kind: 'text', text: '.\n<b>bye</b>' },
		]);
		expect(linkify('')).toEqual([]);
		expect(linkify('plain')).toEqual([{ kind: 'text', text: 'plain' }]);
	});

	it('makes links of http, https and mailto, and of nothing else', () => {
		expect(hrefs('HTTP://A.example')).toEqual(['http://a.example/']);
		for (const text of [
			'javascript:alert(1)',
			'javascript://a.example/%0aalert(1)',
			'data:text/html,<script>1</script>',
			'ftp://a.example',
			'file:///etc/passwd',
			'blob:https',
			'http:///',
			'https://',
			'mailto:',
			'mailto:ann',
			'www.a.example',
		]) {
			expect(linkify(text)).toEqual([{ kind: 'text', text }]);
		}
	});

	it('does not start inside a word', () => {
		for (const text of [
			'xhttps://a.example',
			'éhttps://a.example',
			'𝒳https://a.example',
			'snake_https://a.example',
			'5mailto:a@b.example',
		]) {
			expect(links(text)).toEqual([]);
		}
		expect(links('"https://a.example"')).toHaveLength(1);
	});

	it("leaves a sentence's punctuation out and an opened bracket in", () => {
		const text = (typed: string) => links(typed)[0]?.[0];
		expect(text('https://a.example/x).')).toBe('https://a.example/x');
		expect(text('(https://a.example/A_(b))')).toBe('https://a.example/A_(b)');
		expect(text('https://a.example/?q=1&r=[2]!?')).toBe('https://a.example/?q=1&r=[2]');
		expect(text('„https://a.example/x“…')).toBe('https://a.example/x');
		expect(text('https://a.example/x#y;')).toBe('https://a.example/x#y');
	});

	it.each(seen)('of %j are %j: %s', (typed, expected) => {
		expect(links(typed).map(([text]) => text)).toEqual(expected === null ? [] : [expected].flat());
	});

	it('ends at characters that hide or reverse', () => {
		expect(hrefs('https://a.example/\u202egpj.exe')).toEqual(['https://a.example/']);
		expect(hrefs('https://a.example\u200b.evil.example')).toEqual(['https://a.example/']);
	});

	it('refuses an address that shows another name before its host', () => {
		expect(links('https://bank.example@evil.example/ https://a:b@evil.example')).toEqual([]);
	});

	it('gives the address of a host in another script in its ASCII form', () => {
		expect(links('https://аpple.example')).toEqual([
			['https://аpple.example', 'https://xn--pple-43d.example/'],
		]);
	});

	it('takes time in proportion to the text', () => {
		const started = performance.now();
		const units = [
			')',
			'https://',
			'(',
			'.',
			'mailto:',
			'看',
			'…',
			'_https://',
			'看https://',
			'**',
			'\u0301',
		];
		for (const unit of units) linkify(`https://a.example/${unit.repeat(4_000)}`);
		expect(performance.now() - started).toBeLessThan(units.length * 100);
	});

	it(`holds for ${generated.toLocaleString('en')} texts of many scripts (seed ${seed})`, () => {
		const random = seededRandom(seed);
		for (let round = 0; round < generated; round++) {
			const addresses = [
				'https://a.example/x',
				'http://b.example',
				'mailto:ann@a.example',
				'https://例え.テスト/あ',
			];
			const text = mixedText(random, 8) + random.pick(addresses) + mixedText(random, 8);
			const segments = linkify(text);
			expect(segments.map((segment) => segment.text).join('')).toBe(text);
			for (const [index, segment] of segments.entries()) {
				if (segment.kind === 'text') continue;
				expect(segment.href, text).toMatch(/^(https?:\/\/|mailto:)/);
				expect(new URL(segment.text).href, text).toBe(segment.href);
				// What is under the link is all of it, in the order in which it stands there.
				expect(segment.text, text).not.toMatch(/[\s\p{Cc}\p{Cf}<>"`]|[。，、）」】！？；：]/u);
				expect(segment.text, text).not.toMatch(/[.,;:!?*_~|…]$/u);
				expect(segments[index - 1]?.text ?? '', text).not.toMatch(/[A-Za-z0-9]$/);
			}
		}
	});

	it(`finds an address between letters that write on (seed ${seed})`, () => {
		const random = seededRandom(seed);
		const letters = ['看', 'を', 'カ', '한', '입', 'น', 'ー', '。', '，', '」', '（', '！', '…', '👍'];
		for (let round = 0; round < generated; round++) {
			const address = random.pick([
				'https://a.example',
				'https://a.example/x/y1',
				'http://a.example/?q=1#z',
				'https://a.example/a_(b)',
			]);
			const text = random.pick(letters) + address + random.pick(letters) + random.pick(letters);
			expect(
				links(text).map(([link]) => link),
				text,
			).toEqual([address]);
		}
	});
});
