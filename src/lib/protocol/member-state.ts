/**
 * What participants say about themselves, in one place: a join carries all of it, an update what has changed, and `participant` shows it to the
 * others. To add a field, add one entry here; what it means is decided where it is set and where it is shown.
 */
import * as v from 'valibot';
import { limits } from './limits';
import { normaliseParticipantName } from './participant-name';
import { sameData } from './same-data';

export const participantNameSchema = v.pipe(
	v.string(),
	v.maxLength(limits.nameMax * 4),
	v.transform(normaliseParticipantName),
	v.minLength(1, 'bad-participant-name'),
	v.maxLength(limits.nameMax, 'bad-participant-name'),
);

/** What a participant is sending, by source. */
export const publicationsSchema = v.object({
	microphone: v.boolean(),
	camera: v.boolean(),
	screen: v.boolean(),
});
export type Publications = v.InferOutput<typeof publicationsSchema>;
export type Source = keyof Publications;

/** Sources that should be on but give nothing for now: because of a phone call, another app, or a device that was pulled out. */
export const interruptionSchema = v.object({
	microphone: v.boolean(),
	camera: v.boolean(),
	/** Their page is hidden, as it is while a phone shows another app. */
	background: v.boolean(),
});
export type Interruption = v.InferOutput<typeof interruptionSchema>;

export const memberStateSchema = v.object({
	name: participantNameSchema,
	publications: publicationsSchema,
	interruption: v.optional(interruptionSchema),
	/** Whether the hand is up. The others are told since when. */
	hand: v.optional(v.boolean(), false),
});
export type MemberState = v.InferOutput<typeof memberStateSchema>;

/** Changes the fields that are present, and within `publications` only those present there. */
export const memberChangeSchema = v.object({
	...v.partial(memberStateSchema).entries,
	publications: v.optional(v.partial(publicationsSchema)),
});
export type MemberChange = v.InferOutput<typeof memberChangeSchema>;

const fields = Object.keys(memberStateSchema.entries) as (keyof MemberState)[];

/** The member state alone, out of an object that has more fields. */
export function memberStateIn(from: MemberState): MemberState {
	return Object.fromEntries(
		fields.flatMap((field) => (from[field] === undefined ? [] : [[field, from[field]]])),
	) as MemberState;
}

/** `state`, or an earlier change, with `change` applied. Objects are merged by their keys. */
export function withChange<State extends MemberChange>(state: State, change: MemberChange): State {
	const merged = { ...state } as Record<string, unknown>;
	for (const [field, value] of Object.entries(change)) {
		if (value === undefined) continue;
		const before = merged[field];
		merged[field] = isObject(before) && isObject(value) ? { ...before, ...named(value) } : value;
	}
	return merged as State;
}

/** The change that turns `before` into `after`. Fields that are the same are left out. */
export function changeBetween(before: MemberState, after: MemberState): MemberChange {
	return Object.fromEntries(
		fields.filter((field) => !sameData(before[field], after[field])).map((field) => [field, after[field]]),
	);
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const named = (value: object) =>
	Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined));
