/** How each type of message from the others is handled. Each feature brings its own rows; `call/messaging.ts` puts them together. */
import type { ParticipantId } from '../../protocol';
import type { PeerMessage, PeerMessageOf, PeerMessageType } from '../../protocol/peer/peer-message';
import type { Rate } from '../../protocol/token-bucket';

export interface PeerHandler<Type extends PeerMessageType> {
	/** [C10] How many texts of this type are handled from each of the others. What exceeds it is ignored. */
	readonly rate: Rate;
	/** Refuses this type if it was relayed: others who have the link may be able to read what went through the server. */
	readonly channelOnly?: boolean;
	handle(from: ParticipantId, message: PeerMessageOf<Type>): void | Promise<void>;
}

/** A type without a row is dropped, like an unknown one. */
export type PeerTable = { readonly [Type in PeerMessageType]: PeerHandler<Type> };

/** The rows of one feature. */
export type PeerRows<Type extends PeerMessageType> = Pick<PeerTable, Type>;

/** Passes a message to the handler of its type. */
export function handlePeerMessage(
	table: Partial<PeerTable>,
	from: ParticipantId,
	message: PeerMessage,
): void | Promise<void> {
	// For each type, the table has the handler of that type.
	return table[message.type]?.handle(from, message as never);
}
