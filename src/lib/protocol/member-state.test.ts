import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
	changeBetween,
	memberStateIn,
	memberStateSchema,
	withChange,
	type MemberState,
} from './member-state';
import { joinInputSchema, participantSchema, updateInputSchema } from './messages';

const off = { microphone: false, camera: false, screen: false };
const ann: MemberState = { name: 'Ann', publications: off, hand: false };
const call = { microphone: true, camera: false, background: true };

describe('one member state', () => {
	it('is what a join says, what an update may change, and what the others see', () => {
		const fields = Object.keys(memberStateSchema.entries);
		expect(Object.keys(joinInputSchema.entries)).toEqual(expect.arrayContaining(fields));
		expect(Object.keys(updateInputSchema.entries).sort()).toEqual([...fields].sort());
		// The others hear since when a hand is up instead of whether.
		const seen = fields.map((field) => (field === 'hand' ? 'handRaisedAt' : field));
		expect(Object.keys(participantSchema.entries)).toEqual(expect.arrayContaining(seen));
	});

	it('[U1] an update may name nothing, and one source alone', () => {
		expect(v.parse(updateInputSchema, {})).toEqual({});
		const one = { publications: { screen: true } };
		expect(v.parse(updateInputSchema, one)).toEqual(one);
		expect(v.safeParse(updateInputSchema, { interruption: { microphone: true } }).success).toBe(false);
	});

	it('is picked out of whatever says more', () => {
		const request = { ...ann, room: 'team-sync', offers: [], interruption: undefined };
		expect(memberStateIn(request)).toEqual(ann);
		expect(memberStateIn(request)).not.toHaveProperty('interruption');
	});
});

describe('changing it', () => {
	it('[U1] changes what is named and nothing else', () => {
		expect(withChange(ann, { publications: { screen: true, camera: undefined } })).toEqual({
			...ann,
			publications: { ...off, screen: true },
		});
		expect(withChange(ann, { name: undefined, hand: true })).toEqual({ ...ann, hand: true });
		expect(withChange({ ...ann, interruption: call }, { name: 'Anna' }).interruption).toEqual(call);
	});

	it('puts two changes together into one, the later before the earlier', () => {
		const change = withChange(
			{ name: 'Anna', publications: { camera: true, screen: true } },
			{ publications: { camera: false }, hand: true },
		);
		expect(change).toEqual({
			name: 'Anna',
			publications: { camera: false, screen: true },
			hand: true,
		});
	});

	it('leaves what it changes as it was', () => {
		const before = structuredClone(ann);
		withChange(ann, { name: 'Anna', publications: { screen: true } });
		expect(ann).toEqual(before);
	});

	it('finds what has changed between two, and nothing between two that say the same', () => {
		const after = { ...ann, interruption: call, publications: { ...off } };
		expect(changeBetween(ann, after)).toEqual({ interruption: call });
		expect(changeBetween(after, structuredClone(after))).toEqual({});
		expect(withChange(ann, changeBetween(ann, after))).toEqual(after);
	});
});
