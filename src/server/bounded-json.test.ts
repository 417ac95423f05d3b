import { expect, it } from 'vitest';
import { boundedJson } from './bounded-json';

const json = boundedJson(3);

it('reads and writes JSON', () => {
	expect(json.decode(json.encode([{ id: 1, nested: { list: [1, [2]] } }]))).toEqual([
		{ id: 1, nested: { list: [1, [2]] } },
	]);
});

it('[L7] refuses a batch of too many calls, binary frames and what is no JSON', () => {
	expect(json.decode('[1,2,3]')).toEqual([1, 2, 3]);
	expect(() => json.decode('[1,2,3,4]')).toThrow('calls');
	expect(() => json.decode(new Uint8Array([91, 93]))).toThrow('text');
	expect(() => json.decode('{')).toThrow();
});

it('[L7] refuses frames of brackets before they are parsed', () => {
	for (const text of [
		'['.repeat(250_000),
		'{"a":'.repeat(50_000),
		'[{},'.repeat(5_000),
		`${'['.repeat(9_000)}${']'.repeat(9_000)}`,
	]) {
		expect(() => json.decode(text)).toThrow('objects');
	}
});
