import { describe, expect, it } from 'vitest';
import { readFingerprints } from './fingerprints';

const one = Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase()).join(':');
const other = Array.from({ length: 32 }, () => 'AB').join(':');
const sdp = (...lines: string[]) => ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', ...lines, ''].join('\r\n');

describe('the fingerprints of a description', () => {
	it('are read from wherever they stand, each once', () => {
		expect(
			readFingerprints(sdp(`a=fingerprint:sha-256 ${one}`, 'm=audio 9', `a=fingerprint:sha-256 ${one}`)),
		).toEqual([one]);
	});

	it('are all of them, in one order: one that is slipped in shows', () => {
		const lines = [`a=fingerprint:sha-256 ${other}`, `a=fingerprint:sha-256 ${one}`];
		expect(readFingerprints(sdp(...lines))).toEqual([one, other]);
		expect(readFingerprints(sdp(...lines.reverse()))).toEqual([one, other]);
	});

	it('are the same however they are written', () => {
		expect(readFingerprints(sdp(`a=fingerprint:SHA-256 ${one.toLowerCase()}`))).toEqual([one]);
		expect(readFingerprints(`a=fingerprint:sha-256 ${one}\n`)).toEqual([one]);
	});

	it.each([
		['none', []],
		['another hash', [`a=fingerprint:sha-1 ${one.slice(0, 59)}`]],
		['another hash beside it', [`a=fingerprint:sha-256 ${one}`, `a=fingerprint:sha-1 ${one.slice(0, 59)}`]],
		['too short', [`a=fingerprint:sha-256 ${one.slice(3)}`]],
		['too long', [`a=fingerprint:sha-256 ${one}:AA`]],
		['not hexadecimal', [`a=fingerprint:sha-256 ${one.replace('10', 'XY')}`]],
		['something behind it', [`a=fingerprint:sha-256 ${one} x`]],
		['more than a browser writes', Array.from({ length: 20 }, () => `a=fingerprint:sha-256 ${one}`)],
	])('are unknown, rather than some of them: %s', (_, lines) => {
		expect(readFingerprints(sdp(...lines))).toBeNull();
	});

	it('cost little, however long the text', () => {
		const begun = performance.now();
		expect(readFingerprints(`a=fingerprint:${' '.repeat(2_000_000)}`)).toBeNull();
		expect(readFingerprints('a=fingerprint:\n'.repeat(200_000))).toBeNull();
		expect(performance.now() - begun).toBeLessThan(300);
	});
});
