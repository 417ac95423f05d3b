/** Peer messages that go through the server, sealed, where no data channel is open. */
import type { Sealer } from '../../e2ee/seal';
import type { Session } from '../signaling/signaling';
import type { RemoteEnd } from '../transport/transport';

export interface RelayPort {
	/** The sealer of the room's current secret; `null` if it can't be made. */
	sealer(): Promise<Sealer | null>;
	session(): Session | null;
	/** This page load; `null` while not in a room. */
	self(): RemoteEnd | null;
	/** A text that could be opened is from this page load and no other. */
	received(from: RemoteEnd, text: string): void;
	/** One more text was unreadable. */
	changed(): void;
}

export interface Relay {
	/** How many texts did not open: their authors' link has another secret, or ours has none. */
	readonly unreadable: number;
	/** False when it could not be sent. */
	send(to: RemoteEnd, text: string): Promise<boolean>;
	/** `from` is the sender that the server names: if the server lies, nothing opens. */
	handle(from: RemoteEnd, sealed: string): Promise<void>;
}

export function createRelay({ sealer, session, self, received, changed }: RelayPort): Relay {
	let unreadable = 0;
	return {
		get unreadable() {
			return unreadable;
		},
		async send(to, text) {
			const through = session();
			const from = self();
			if (!through || from === null) return false;
			const sealed = await (await sealer())?.seal(text, { from, to });
			return (
				typeof sealed === 'string' && through.sendRelay({ to: to.id, incarnation: to.incarnation, sealed })
			);
		},
		async handle(from, sealed) {
			const to = self();
			const text = to && (await (await sealer())?.open(sealed, { from, to }));
			if (typeof text === 'string') return received(from, text);
			unreadable += 1;
			changed();
		},
	};
}
