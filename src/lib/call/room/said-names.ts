/**
 * The names that the others give themselves: over the data channel, or sealed through the server if no channel opens. They take precedence
 * over the server's list for the same page load, so that a server can't rename anybody. Until then, the name in the list is used.
 */
import type { ParticipantId } from '../../protocol';
import type { NameMessage } from '../../protocol/peer/name';
import type { PeerFeature } from '../peer-messages/peer-feature';
import type { PeerRows } from '../peer-messages/peer-table';
import type { Clock, Unsubscribe } from '../../platform/platform';
import type { RemoteEnd } from '../transport/transport';

/** How long a data channel may take to open before the relay is used. */
const channelWaitMs = 2_000;

export interface SaidNamesPort {
	clock: Clock;
	ownName(): string;
	/** False when no open data channel leads there. */
	sendDirect(to: ParticipantId, text: string): boolean;
	sendRelay(to: RemoteEnd, text: string): Promise<boolean>;
	changed(): void;
}

export interface SaidNames extends Pick<Required<PeerFeature>, 'setParticipants' | 'setChannel' | 'close'> {
	/** `undefined` if this page load has not told us its name. */
	of(end: RemoteEnd): string | undefined;
	/** Our own name may have changed: tells the others if it has. */
	tell(): void;
	/** Handles the names that the others send. */
	readonly rows: PeerRows<'name'>;
}

interface Remote {
	end: RemoteEnd;
	name?: string;
	revision: number;
	channelOpen: boolean;
	cancelWait: Unsubscribe;
}

export function createSaidNames(port: SaidNamesPort): SaidNames {
	const remotes = new Map<ParticipantId, Remote>();
	let revision = 0;
	let told = '';

	function send(remote: Remote): void {
		remote.cancelWait();
		const message: NameMessage = { type: 'name', name: told, revision };
		const text = JSON.stringify(message);
		if (told === '' || port.sendDirect(remote.end.id, text) || remote.channelOpen) return;
		void port.sendRelay(remote.end, text);
	}

	function wait(remote: Remote): void {
		remote.cancelWait();
		remote.cancelWait = port.clock.after(channelWaitMs, () => send(remote));
	}

	function readOwn(): boolean {
		const name = port.ownName();
		if (name === told) return false;
		told = name;
		revision++;
		return true;
	}

	function handleName(from: ParticipantId, message: NameMessage): void {
		const remote = remotes.get(from);
		// The server may deliver a relayed message twice, or an older one later.
		if (!remote || message.revision <= remote.revision) return;
		remote.revision = message.revision;
		if (remote.name === message.name) return;
		remote.name = message.name;
		port.changed();
	}

	return {
		of({ id, incarnation }) {
			const remote = remotes.get(id);
			return remote?.end.incarnation === incarnation ? remote.name : undefined;
		},
		setParticipants(ends) {
			readOwn();
			const wanted = new Map(ends.map((end) => [end.id, end]));
			for (const [id, remote] of remotes) {
				if (wanted.get(id)?.incarnation === remote.end.incarnation) continue;
				remote.cancelWait();
				remotes.delete(id);
			}
			for (const end of wanted.values()) {
				if (remotes.has(end.id)) continue;
				const remote: Remote = { end, revision: 0, channelOpen: false, cancelWait: () => {} };
				remotes.set(end.id, remote);
				wait(remote);
			}
		},
		setChannel({ id }, open) {
			const remote = remotes.get(id);
			if (!remote || remote.channelOpen === open) return;
			remote.channelOpen = open;
			if (open) send(remote);
		},
		tell() {
			if (readOwn()) for (const remote of remotes.values()) send(remote);
		},
		rows: { name: { rate: { perSecond: 0.5, burst: 5 }, handle: handleName } },
		close() {
			for (const { cancelWait } of remotes.values()) cancelWait();
			remotes.clear();
		},
	};
}
