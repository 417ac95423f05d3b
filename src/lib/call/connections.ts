/**
 * The connections to the others, and what a person can do about them. The roster knows who the others are, the transport how they are
 * connected; this file brings the two together.
 */
import type { ParticipantId, Publications } from '../protocol';
import type { CallPorts } from './call-ports';
import type { Visit } from './room/visit';
import type { ConnectionState, Transport } from './transport/transport';

export interface Other {
	id: ParticipantId;
	publications: Publications;
	connection: ConnectionState;
}

export interface ConnectionCommands {
	/** Starts over with somebody whose media does not come back. */
	retry(id: ParticipantId): void;
	/**
	 * Four words that are the same at the other end only if nobody is in between. `null` while there is no connection. They change when the
	 * connection is made anew.
	 */
	safetyWords(id: ParticipantId): Promise<string[] | null>;
	/** Hides our address from the others, so that they learn only a relay's. Holds for this call and for later ones. */
	setAddressHidden(hidden: boolean): void;
}

export interface ConnectionsPort extends Pick<CallPorts, 'safetyWords'> {
	room: string;
	/** This page load. */
	incarnation: string;
	/** The current visit, or the last one. */
	visit(): Visit;
}

export interface Connections extends ConnectionCommands {
	others(): Other[];
	/** There is another transport. */
	begun(transport: Transport): void;
}

export function createConnections({ room, incarnation, visit, safetyWords }: ConnectionsPort): Connections {
	let addressHidden = false;

	return {
		others() {
			const { roster, transport } = visit();
			return roster.others.map(({ participant: { id, publications } }) => ({
				...{ id, publications },
				connection: transport.media(id)?.connection ?? ('connecting' as const),
			}));
		},
		begun: (transport) => transport.setAddressHidden(addressHidden),
		retry: (id) => visit().transport.rebuild(id),
		async safetyWords(id) {
			const { find, mediaFlows, transport } = visit();
			const other = find(id);
			const descriptions = mediaFlows(id) ? transport.descriptions(id) : null;
			if (!other || !descriptions) return null;
			return safetyWords(room, [
				{ incarnation, description: descriptions.ours },
				{ incarnation: other.incarnation, description: descriptions.theirs },
			]);
		},
		setAddressHidden(hidden) {
			addressHidden = hidden;
			visit().transport.setAddressHidden(hidden);
		},
	};
}
