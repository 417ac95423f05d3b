import { describe, expect, it } from 'vitest';
import { linkify } from './links';

const links = (text: string) =>
	linkify(text).flatMap((segment) => (segment.kind === 'link' ? [[segment.text, segment.href]] : []));
const hrefs = (text: string) => links(text).map(([, href]) => href);

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
			'_mailto:a@b.example',
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
		for (const unit of [')', 'https://', '(', '.', 'mailto:'])
			linkify(`https://a.example/${unit.repeat(4_000)}`);
		expect(performance.now() - started).toBeLessThan(500);
	});
});
