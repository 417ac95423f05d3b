/**
 * What a reloaded page needs to come back as the same participant: kept for this tab only, gone when the call is left. A
 * duplicated tab finds a copy; the lock tells it that the seat is taken, and it opens the lobby instead.
 */
import * as v from 'valibot';
import { limits, participantIdSchema, participantNameSchema, roomNameSchema } from '../protocol';
import type { Platform } from './platform';

const key = 'parley.session';
/** A tab restored later than this asks in the lobby first: nobody wants to wake up in yesterday's call. */
const validMs = 10 * 60_000;

const recordSchema = v.object({
	room: roomNameSchema,
	participant: participantIdSchema,
	token: v.pipe(v.string(), v.maxLength(limits.tokenMax)),
	name: participantNameSchema,
	hand: v.boolean(),
	microphone: v.boolean(),
	camera: v.boolean(),
	savedAt: v.number(),
});

export type ResumeRecord = Omit<v.InferOutput<typeof recordSchema>, 'savedAt'>;

type Ports = Pick<Platform, 'tabStorage' | 'clock' | 'holdLock'>;

export function saveResumeRecord({ tabStorage, clock }: Ports, record: ResumeRecord): void {
	tabStorage.set(key, JSON.stringify({ ...record, savedAt: clock.now() }));
}

export function clearResumeRecord({ tabStorage }: Ports): void {
	tabStorage.remove(key);
}

/** The record for this room, when this tab alone may use it; `null` otherwise. */
export async function claimResumeRecord(ports: Ports, room: string): Promise<ResumeRecord | null> {
	const record = readRecord(ports);
	if (!record || record.room !== room) return null;
	if (ports.clock.now() - record.savedAt > validMs) return null;
	return (await holdSeat(ports, record.participant)) ? record : null;
}

/** Marks this tab as the one that holds the participant's seat. False when another tab does. */
export function holdSeat({ holdLock }: Pick<Platform, 'holdLock'>, participant: string): Promise<boolean> {
	return holdLock(`parley.seat.${participant}`);
}

function readRecord({ tabStorage }: Ports): v.InferOutput<typeof recordSchema> | null {
	const text = tabStorage.get(key);
	if (text === null) return null;
	try {
		const record = v.safeParse(recordSchema, JSON.parse(text));
		return record.success ? record.output : null;
	} catch {
		return null;
	}
}
