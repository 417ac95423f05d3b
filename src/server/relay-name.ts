/**
 * The name under which somebody may use the TURN relay. Its quotas count names, so a name stands for an address, and asking again gives the
 * same one. The relay's log does not reveal the address.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Connection } from './connection';

type Caller = Pick<Connection, 'address' | 'networks'>;

export interface RelayNames {
	/** @param id the participant's */
	participant(caller: Caller, id: string): string;
	/** For somebody who watches a room from outside. `own` is a name that the server makes up, for callers whose address is not known. */
	lobby(caller: Caller, own: string): string;
}

/** An address has this many names in rooms, so that one participant can't use up the quota of others behind the same NAT. */
const namesPerAddress = 8;

export function createRelayNames(secret: string): RelayNames {
	const nameOf = ({ address }: Caller) =>
		createHmac('sha256', secret).update(`relay.${address}`).digest().subarray(0, 12).toString('base64url');
	return {
		participant(caller, id) {
			// They could be anyone. With one name for all of them, one could use up everybody's quota.
			if (caller.networks.length === 0) return id;
			const [byte = 0] = createHash('sha256').update(id).digest();
			return `${nameOf(caller)}.${byte % namesPerAddress}`;
		},
		lobby: (caller, own) => `${caller.networks.length === 0 ? own : nameOf(caller)}.lobby`,
	};
}
