import { describe, expect, it } from 'vitest';
import { decideDrop, refusesPaste } from './foreign-files';

describe('what is dropped', () => {
	it.each([
		['a file on the page', ['Files'], false, 'refuse'],
		['a file into a field, where a browser would open it as well', ['Files'], true, 'refuse'],
		['a picture out of another page', ['text/uri-list', 'text/html', 'Files'], false, 'refuse'],
		['a link on the page, which a browser would follow', ['text/uri-list', 'text/plain'], false, 'keep-out'],
		['a link into a field', ['text/uri-list', 'text/plain'], true, 'leave'],
		['words into a field', ['text/plain'], true, 'leave'],
	] as const)('%s', (_, types, intoField, decision) => {
		expect(decideDrop({ types, intoField })).toBe(decision);
	});
});

describe('what is pasted', () => {
	it.each([
		['a picture', ['Files'], true],
		['a picture out of another page', ['text/html', 'Files'], true],
		['words', ['text/plain'], false],
		[
			'a table, which comes with a picture of itself',
			['text/plain', 'text/html', 'text/rtf', 'Files'],
			false,
		],
	])('%s', (_, types, refused) => {
		expect(refusesPaste(types)).toBe(refused);
	});
});
