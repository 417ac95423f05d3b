/**
 * The rooms in operation: runs commands through the store, and frees the seats of away participants in time. Knows no
 * connections and no rules.
 */
import type { Clock } from './clock';
import { applyCommand, type Outcome, type RoomCommand } from './room';
import type { RoomStore } from './room-store';
import { nextExpiry } from './seats';

export interface Rooms {
	apply(room: string, command: RoomCommand): Promise<Outcome>;
	/** Ends the timers. Seats stay as they are. */
	close(): void;
}

export function createRooms(options: { store: RoomStore; clock: Clock; roomLimit: number }): Rooms {
	const { store, clock, roomLimit } = options;
	const expiries = new Map<string, { at: number; cancel: () => void }>();

	async function apply(room: string, command: RoomCommand): Promise<Outcome> {
		const outcome = await store.transact(room, (state) =>
			applyCommand(state, command, { now: clock.now(), epochMs: clock.epochMs() }, roomLimit),
		);
		schedule(room, nextExpiry(outcome.state.seats));
		return outcome;
	}

	function schedule(room: string, at: number | null): void {
		const planned = expiries.get(room);
		if (planned?.at === at || (!planned && at === null)) return;
		planned?.cancel();
		expiries.delete(room);
		if (at === null) return;
		const cancel = clock.after(Math.max(0, at - clock.now()), () => {
			expiries.delete(room);
			void apply(room, { type: 'expire' });
		});
		expiries.set(room, { at, cancel });
	}

	return {
		apply,
		close() {
			for (const { cancel } of expiries.values()) cancel();
			expiries.clear();
		},
	};
}
