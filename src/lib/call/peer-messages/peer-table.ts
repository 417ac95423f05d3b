/** Type by type, what is done with what the others say. Each feature brings the rows of its own; `call/messaging.ts` puts them together. */
import type { ParticipantId } from '../../protocol';
import type { PeerMessage, PeerMessageOf, PeerMessageType } from '../../protocol/peer/peer-message';
import type { Rate } from '../../protocol/token-bucket';

export interface PeerHandler<Type extends PeerMessageType> {
	/** [C10] How many texts of this type each of the others may have handed on. What is beyond is not looked at. */
	readonly rate: Rate;
	/** Where it must not have been relayed: what went through the server may be read by others who have the link. */
	readonly channelOnly?: boolean;
	handle(from: ParticipantId, message: PeerMessageOf<Type>): void | Promise<void>;
}

/** A type without a row is dropped, like one that is not known at all. */
export type PeerTable = { readonly [Type in PeerMessageType]: PeerHandler<Type> };

/** The rows of one feature. */
export type PeerRows<Type extends PeerMessageType> = Pick<PeerTable, Type>;

/** Hands a message to the handler of its type. */
export function handlePeerMessage(
	table: Partial<PeerTable>,
	from: ParticipantId,
	message: PeerMessage,
): void | Promise<void> {
	// The table has for each type the handler of that type.
	return table[message.type]?.handle(from, message as never);
}
