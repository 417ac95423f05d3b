/**
 * Under which name somebody may use the relay. The relay's quotas count names, so a name stands for an address, and asking again gives no
 * other one. Nobody who reads the relay's log learns the address from it.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Connection } from './connection';

type Caller = Pick<Connection, 'address' | 'networks'>;

export interface RelayNames {
	/** `id` is the participant's. */
	participant(caller: Caller, id: string): string;
	/** One who watches a room from outside. `own` names those whose address is not known, and is made up by the server. */
	lobby(caller: Caller, own: string): string;
}

/** So many names an address has inside rooms: what one participant takes leaves most of the rest for others behind the same NAT. */
const namesPerAddress = 8;

export function createRelayNames(secret: string): RelayNames {
	const nameOf = ({ address }: Caller) =>
		createHmac('sha256', secret).update(`relay.${address}`).digest().subarray(0, 12).toString('base64url');
	return {
		participant(caller, id) {
			// May be anyone: one name for all of them would let one use up what is everybody's.
			if (caller.networks.length === 0) return id;
			const [byte = 0] = createHash('sha256').update(id).digest();
			return `${nameOf(caller)}.${byte % namesPerAddress}`;
		},
		lobby: (caller, own) => `${caller.networks.length === 0 ? own : nameOf(caller)}.lobby`,
	};
}
