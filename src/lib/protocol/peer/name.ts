/** What a person says about their own name ([C11] of `docs/PROTOCOL.md`). */
import * as v from 'valibot';
import { limits } from '../limits';
import { normaliseParticipantName } from '../participant-name';
import { wholeNumber } from './whole-number';

export const spokenNameSchema = v.pipe(
	v.string(),
	v.minLength(1),
	v.maxLength(limits.nameMax),
	v.check((name) => normaliseParticipantName(name) === name),
);

export const nameMessageSchema = v.object({
	type: v.literal('name'),
	name: spokenNameSchema,
	/** Counts the names of this page load. A lower number is ignored. */
	revision: wholeNumber(1, Number.MAX_SAFE_INTEGER),
});
export type NameMessage = v.InferOutput<typeof nameMessageSchema>;
