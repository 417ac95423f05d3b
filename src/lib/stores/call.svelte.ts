/** The reactive face of a call: one snapshot, assigned in one place, and the call's commands. Decides nothing. */
import type { Call } from '../call/call-api';
import type { CallNotice, CallSnapshot } from '../call/snapshot';

export class CallStore {
	readonly commands: Call;
	#snapshot: CallSnapshot = $state.raw() as CallSnapshot;

	constructor(call: Call) {
		this.commands = call;
		this.#snapshot = call.snapshot;
		call.onSnapshot((snapshot) => (this.#snapshot = snapshot));
	}

	get snapshot(): CallSnapshot {
		return this.#snapshot;
	}

	/** The others' streams and states, in the order in which they joined. */
	get participants() {
		return this.#snapshot.participants;
	}

	/** The person's own devices, toggles and preview. */
	get media() {
		return this.#snapshot.media;
	}

	get chat() {
		return this.#snapshot.chat;
	}

	onNotice(listener: (notice: CallNotice) => void): () => void {
		return this.commands.onNotice(listener);
	}
}
