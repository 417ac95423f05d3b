/**
 * The connections to the others, and what a person can do about them. The roster knows who the others are, the transport how they are connected;
 * here the two meet.
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
	 * Four words that are the same at their end only while nobody is in between. `null` while there is no connection to speak of. They
	 * change when it is made anew.
	 */
	safetyWords(id: ParticipantId): Promise<string[] | null>;
	/** Whether the others are to learn no address of ours but a relay's; holds for calls from here on as well as for this one. */
	setAddressHidden(hidden: boolean): void;
}

export interface ConnectionsPort extends Pick<CallPorts, 'safetyWords'> {
	room: string;
	/** This page load. */
	incarnation: string;
	/** The one that is on, or was on last. */
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
