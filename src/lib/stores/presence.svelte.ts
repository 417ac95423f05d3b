/** Whether a call is on, for what must not disturb one. The room page says so; everyone may ask. */
import type { CallSnapshot } from '../call/snapshot';

export class Presence {
	#callIn = $state<string | null>(null);

	/** The room one is in, or about to be in; `null` outside a call. */
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
