/**
 * What a person's browser remembers between visits: one JSON text under one versioned key. Whatever of it can't be read
 * falls back to its default by itself, so that one bad field never costs the others. Nothing is cached here: another
 * tab may write as well.
 */
import * as v from 'valibot';
import { limits, roomNameSchema } from '../protocol';
import { parseJson } from '../protocol/parse-json';
import type { KeyValueStore } from '../platform/platform';

const key = 'parley.preferences';
const recentRoomsMax = 12;

/** What a person has said of data saver: `auto` leaves it to the system's wish and to the line. */
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

/** One that can't be read costs only itself. */
const recentRooms = v.pipe(
	v.array(v.fallback(v.nullable(recentRoom), null)),
	v.transform((rooms) => rooms.filter((room) => room !== null).slice(0, recentRoomsMax)),
);

const schema = v.object({
	version: v.literal(1),
	/** As typed; empty until the person has given one. */
	name: v.fallback(v.pipe(v.string(), v.maxLength(limits.nameMax)), ''),
	devices: v.fallback(devices, noDevices),
	/** Whether to come into a lobby with these on. */
	microphone: v.fallback(v.boolean(), true),
	camera: v.fallback(v.boolean(), true),
	theme: v.fallback(v.picklist(['system', 'light', 'dark']), 'system'),
	/** As `lang` writes it. `null`: the browser's. Which there are is said in `words/languages.ts`, and `static/early.js` reads it before the first paint. */
	language: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(35))), null),
	/** Single keys act in a call. Those whose tools type letters of their own accord need them quiet (WCAG 2.1.4). */
	shortcuts: v.fallback(v.boolean(), true),
	/** A short sound when one's microphone or camera is back after an interruption. */
	returnSound: v.fallback(v.boolean(), false),
	/** A short, quiet sound when somebody joins or leaves. */
	peopleSound: v.fallback(v.boolean(), true),
	/** Whether calls keep to little data. */
	dataSaver: v.fallback(v.picklist(dataSaverPreferences), 'auto'),
	/** Whether calls go through the operator's relay alone, so that nobody in them learns our address. */
	hideAddress: v.fallback(v.boolean(), false),
	/** A short shake of the device when somebody joins the call one is in. */
	vibration: v.fallback(v.boolean(), false),
	/** Whether to be asked, after a call, to put the app on the home screen. */
	installInvitation: v.fallback(v.boolean(), true),
	/** The latest first, each link once: rooms of one name by different links are different rooms. */
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

/** As it is stored: the same text means the same preferences. */
export function storedPreferences(storage: KeyValueStore): string | null {
	return storage.get(key);
}

export function readPreferences(storage: KeyValueStore): Preferences {
	return parseJson(schema, storedPreferences(storage) ?? 'null') ?? defaultPreferences;
}

/** Writes these fields over what is stored at this moment. Where storage is refused, nothing is remembered. */
export function updatePreferences(
	storage: KeyValueStore,
	change: Partial<Omit<Preferences, 'version'>>,
): Preferences {
	const next = { ...readPreferences(storage), ...change };
	storage.set(key, JSON.stringify(next));
	return next;
}

/**
 * Puts a room first among the recent ones, and forgets the oldest beyond twelve. One of the same name with another secret, or none, stays
 * beside it: a link cut short, or sent by somebody else, costs nobody the one they had.
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
