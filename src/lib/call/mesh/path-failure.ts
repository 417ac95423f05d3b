/** Why nothing gets through to one other end, as far as we can tell from here. Pure. */
import type { ConnectionState, PathFailure } from '../transport/transport';

export interface PathEvidence {
	/** The state that recovery has. */
	state: ConnectionState;
	/** They have answered since media last flowed, so it is the path that is missing. */
	otherEndAnswers: boolean;
	/** We may use only a relay, and there is none. */
	lacksRelay: boolean;
	/** The current ICE servers include a relay. */
	hasRelays: boolean;
	/** A relay has given us an address. */
	relayReached: boolean;
}

export function judgePath(evidence: PathEvidence): {
	connection: ConnectionState;
	pathFailure: PathFailure | null;
} {
	const { state, lacksRelay } = evidence;
	// Nobody should wait for a connection that can't come.
	const connection = lacksRelay && state !== 'connected' ? 'failed' : state;
	return { connection, pathFailure: connection === 'failed' ? causeOf(evidence) : null };
}

function causeOf(evidence: PathEvidence): PathFailure | null {
	if (evidence.lacksRelay) return 'address-hidden';
	// They may have left.
	if (!evidence.otherEndAnswers) return null;
	if (!evidence.hasRelays) return 'no-relay';
	return evidence.relayReached ? null : 'relay-unreachable';
}
