import { describe, expect, it } from 'vitest';
import { newRoomName } from './new-room-name';
import { isRoomName } from './room-name';

const allOf = (value: number) => (length: number) => new Uint8Array(length).fill(value);

describe('newRoomName', () => {
	it('has a different word for each byte', () => {
		const words = new Set(Array.from({ length: 256 }, (_, byte) => newRoomName(allOf(byte)).split('-')[0]));
		expect(words.size).toBe(256);
		for (const word of words) expect(word).toMatch(/^[a-z]{3,8}$/);
	});

	it('is four words and a number of three digits, and a room name', () => {
		for (let byte = 0; byte < 256; byte++) {
			const name = newRoomName(allOf(byte));
			expect(name).toMatch(/^([a-z]+-){4}\d{3}$/);
			expect(isRoomName(name)).toBe(true);
		}
	});

	it('uses every random byte: 40 bits', () => {
		const base = [1, 2, 3, 4, 5];
		const names = base.map((_, changed) =>
			newRoomName(() => Uint8Array.from(base, (byte, index) => (index === changed ? 99 : byte))),
		);
		expect(new Set([...names, newRoomName(() => Uint8Array.from(base))]).size).toBe(6);
	});
});
