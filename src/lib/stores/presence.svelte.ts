/** Whether a call is on, for anything that must not disturb one. The room page sets it; everyone may read it. */
import type { CallSnapshot } from '../call/snapshot';

export class Presence {
	#callIn = $state<string | null>(null);

	/** The room that the person is in or about to enter; `null` outside a call. */
	get callIn(): string | null {
		return this.#callIn;
	}

	show({ phase, room }: Pick<CallSnapshot, 'phase' | 'room'>): void {
		this.#callIn = phase === 'lobby' || phase === 'ended' ? null : room;
	}

	leave(): void {
		this.#callIn = null;
	}
}
