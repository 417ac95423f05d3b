import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { incarnationSchema, participantIdSchema, roomTagSchema } from './messages';

describe('ids', () => {
	it('[M3] a participant is called nothing that every object answers to', () => {
		const inherited = Object.getOwnPropertyNames(Object.prototype);
		expect(inherited).toContain('__proto__');
		for (const id of inherited) expect(v.safeParse(participantIdSchema, id).success, id).toBe(false);
		for (const id of ['constructor-1', 'participant-1', 'A'.repeat(32)])
			expect(v.parse(participantIdSchema, id)).toBe(id);
	});

	it('[M3] a page load is called by exactly 24 bytes', () => {
		expect(v.safeParse(incarnationSchema, 'A'.repeat(32)).success).toBe(true);
		for (const id of ['A'.repeat(31), 'A'.repeat(33), `${'A'.repeat(31)}+`, `${'A'.repeat(31)}\n`])
			expect(v.safeParse(incarnationSchema, id).success, id).toBe(false);
	});

	it('[M2] a tag is 16 bytes, written in one way', () => {
		for (const bytes of [0, 1, 127, 255]) {
			const tag = Buffer.alloc(16, bytes).toString('base64url');
			expect(v.safeParse(roomTagSchema, tag).success, tag).toBe(true);
			expect(v.safeParse(roomTagSchema, `${tag.slice(0, -1)}B`).success).toBe(false);
		}
	});
});
