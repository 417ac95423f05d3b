/**
 * What a reloaded page needs to come back as the same participant: kept for this tab only, and removed when the call is left. A duplicated
 * tab finds a copy, but the lock tells it that the seat is taken, and it opens the lobby instead. So does a page that was merely opened:
 * any site can send its tab to a room's address, and that must not bring anybody into a call.
 */
import * as v from 'valibot';
import {
	limits,
	participantIdSchema,
	participantNameSchema,
	roomNameSchema,
	roomTagSchema,
	type RoomAddress,
} from '../../protocol';
import { parseJson } from '../../protocol/parse-json';
import type { Platform } from '../../platform/platform';

const key = 'parley.session';
/** A tab restored later than this opens the lobby: nobody wants to wake up in yesterday's call. */
const validMs = 10 * 60_000;

const recordSchema = v.object({
	room: roomNameSchema,
	tag: v.nullable(roomTagSchema),
	participant: participantIdSchema,
	token: v.pipe(v.string(), v.maxLength(limits.tokenMax)),
	name: participantNameSchema,
	hand: v.boolean(),
	microphone: v.boolean(),
	camera: v.boolean(),
	savedAt: v.number(),
});

export type ResumeRecord = Omit<v.InferOutput<typeof recordSchema>, 'savedAt'>;

/** `asks`: the seat is this person's, but only their click may take it. */
export type ClaimedSeat = ResumeRecord & { asks: boolean };

type Ports = Pick<Platform, 'tabStorage' | 'clock' | 'holdLock' | 'arrival'>;

export function saveResumeRecord(
	{ tabStorage, clock }: Pick<Ports, 'tabStorage' | 'clock'>,
	record: ResumeRecord,
): void {
	tabStorage.set(key, JSON.stringify({ ...record, savedAt: clock.epochMs() }));
}

export function clearResumeRecord({ tabStorage }: Pick<Ports, 'tabStorage'>): void {
	tabStorage.remove(key);
}

/**
 * The seat that this tab left in this room, if the tab alone may use it; `null` otherwise. A record of this room that does not bring the
 * person back is removed, so that reloading the lobby opens the lobby again.
 */
export async function claimResumeRecord(
	ports: Ports,
	{ room, tag }: RoomAddress,
): Promise<ClaimedSeat | null> {
	const record = readRecord(ports);
	if (!record || record.room !== room || record.tag !== tag) return null;
	const { arrival, clock } = ports;
	const isFresh = clock.epochMs() - record.savedAt <= validMs;
	const seat = isFresh && (await holdSeat(ports, record.participant)) ? record : null;
	if (!seat || arrival === 'opened') clearResumeRecord(ports);
	if (!seat) return null;
	if (arrival === 'reloaded') return { ...seat, asks: false };
	// A page of another site can also step through its tab's history: that must not make anybody seen or heard.
	return { ...seat, microphone: false, camera: false, asks: arrival === 'opened' };
}

/** Marks this tab as the one that holds the participant's seat. False when another tab does. */
export function holdSeat({ holdLock }: Pick<Platform, 'holdLock'>, participant: string): Promise<boolean> {
	return holdLock(`parley.seat.${participant}`);
}

function readRecord({ tabStorage }: Ports): v.InferOutput<typeof recordSchema> | null {
	const text = tabStorage.get(key);
	return text === null ? null : parseJson(recordSchema, text);
}
