/** A mark on an entry of the tab's history during a call; `leave-guard.ts` says what for. */

/** The two entries: `room`, which was there before the call, and `call`. */
export type Place = 'room' | 'call';

export function placeIn(state: unknown): Place | null {
	return (state as { parleyPlace?: Place } | null)?.parleyPlace ?? null;
}

/** Adds the mark to what SvelteKit keeps in an entry. */
export function marked(state: unknown, place: Place): unknown {
	return { ...(state as object | null), parleyPlace: place };
}
