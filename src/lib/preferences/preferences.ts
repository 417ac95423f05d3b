/**
 * What a person's browser remembers between visits: one JSON text under one versioned key. A field that can't be read falls back to its own
 * default, so that one bad field never costs the others. Nothing is cached here, because another tab may write as well.
 */
import * as v from 'valibot';
import { limits, roomNameSchema } from '../protocol';
import { parseJson } from '../protocol/parse-json';
import type { KeyValueStore } from '../platform/platform';

const key = 'parley.preferences';
const recentRoomsMax = 12;

/** The person's choice about data saver: `auto` leaves it to the system's wish and to the connection. */
export const dataSaverPreferences = ['auto', 'on', 'off'] as const;
export type DataSaverPreference = (typeof dataSaverPreferences)[number];

const device = v.fallback(v.nullable(v.object({ id: v.string(), label: v.string() })), null);
const devices = v.object({ microphone: device, camera: device, speaker: device });
const noDevices: v.InferOutput<typeof devices> = { microphone: null, camera: null, speaker: null };

const recentRoom = v.object({
	room: roomNameSchema,
	/** The part after `#` of the link, so that going back finds the same secret. It never leaves this browser. */
	secret: v.nullable(v.pipe(v.string(), v.regex(/^[\w-]{22}$/))),
	/** Milliseconds since the epoch. */
	visitedAt: v.number(),
});

/** A room that can't be read is left out, and the others stay. */
const recentRooms = v.pipe(
	v.array(v.fallback(v.nullable(recentRoom), null)),
	v.transform((rooms) => rooms.filter((room) => room !== null).slice(0, recentRoomsMax)),
);

const schema = v.object({
	version: v.literal(1),
	/** As typed; empty until the person has entered one. */
	name: v.fallback(v.pipe(v.string(), v.maxLength(limits.nameMax)), ''),
	devices: v.fallback(devices, noDevices),
	/** Whether to enter a lobby with these on. */
	microphone: v.fallback(v.boolean(), true),
	camera: v.fallback(v.boolean(), true),
	theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
	/**
	 * As in `lang`. `null`: the browser's language. `words/languages.ts` lists the languages, and `static/early.js` reads this before the first
	 * paint.
	 */
	language: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(35))), null),
	/** Whether single keys act in a call. People whose tools type letters by themselves need to turn them off (WCAG 2.1.4). */
	shortcuts: v.fallback(v.boolean(), true),
	/** A short sound when the person's microphone or camera is back after an interruption. */
	returnSound: v.fallback(v.boolean(), false),
	/** A short, quiet sound when somebody joins or leaves. */
	peopleSound: v.fallback(v.boolean(), true),
	/** Whether calls use little data. */
	dataSaver: v.fallback(v.picklist(dataSaverPreferences), 'auto'),
	/** Whether calls go through the operator's relay only, so that nobody in them learns our address. */
	hideAddress: v.fallback(v.boolean(), false),
	/** A short vibration when somebody joins the call. */
	vibration: v.fallback(v.boolean(), false),
	/** Whether to offer, after a call, to put the app on the home screen. */
	installInvitation: v.fallback(v.boolean(), true),
	/** The latest first, each link once: two rooms with the same name but different links are different rooms. */
	recentRooms: v.fallback(recentRooms, []),
});

export type Preferences = v.InferOutput<typeof schema>;
export type RecentRoom = v.InferOutput<typeof recentRoom>;

export const defaultPreferences: Preferences = {
	version: 1,
	name: '',
	devices: noDevices,
	microphone: true,
	camera: true,
	theme: 'system',
	language: null,
	shortcuts: true,
	returnSound: false,
	peopleSound: true,
	dataSaver: 'auto',
	hideAddress: false,
	vibration: false,
	installInvitation: true,
	recentRooms: [],
};

/** The stored text. The same text means the same preferences. */
export function storedPreferences(storage: KeyValueStore): string | null {
	return storage.get(key);
}

export function readPreferences(storage: KeyValueStore): Preferences {
	return parseJson(schema, storedPreferences(storage) ?? 'null') ?? defaultPreferences;
}

/** Writes these fields over what is stored at this moment. If storage is refused, nothing is remembered. */
export function updatePreferences(
	storage: KeyValueStore,
	change: Partial<Omit<Preferences, 'version'>>,
): Preferences {
	const next = { ...readPreferences(storage), ...change };
	storage.set(key, JSON.stringify(next));
	return next;
}

/**
 * Puts a room first among the recent ones, and forgets the oldest beyond twelve. A room with the same name but another secret, or none, stays
 * beside it, so that a link cut short, or sent by somebody else, does not cost anybody the link they had.
 */
export function rememberRoom(storage: KeyValueStore, visited: RecentRoom): Preferences {
	const others = readPreferences(storage).recentRooms.filter(
		({ room, secret }) => room !== visited.room || secret !== visited.secret,
	);
	return updatePreferences(storage, { recentRooms: [visited, ...others].slice(0, recentRoomsMax) });
}

export function deletePreferences(storage: KeyValueStore): void {
	storage.remove(key);
}
