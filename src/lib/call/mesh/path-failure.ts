/** Why nothing gets through to one other end, as far as it can be told from here. Pure. */
import type { ConnectionState, PathFailure } from '../transport/transport';

export interface PathEvidence {
	/** As recovery has it. */
	state: ConnectionState;
	/** They have answered since media was last there: it is the path that is missing. */
	otherEndAnswers: boolean;
	/** A relay is all that may be used, and there is none. */
	lacksRelay: boolean;
	/** The ICE servers of now include one. */
	hasRelays: boolean;
	/** One of them has given us a way in. */
	relayReached: boolean;
}

export function judgePath(evidence: PathEvidence): {
	connection: ConnectionState;
	pathFailure: PathFailure | null;
} {
	const { state, lacksRelay } = evidence;
	// Nobody need wait for what can't come.
	const connection = lacksRelay && state !== 'connected' ? 'failed' : state;
	return { connection, pathFailure: connection === 'failed' ? causeOf(evidence) : null };
}

function causeOf(evidence: PathEvidence): PathFailure | null {
	if (evidence.lacksRelay) return 'address-hidden';
	// They may be gone.
	if (!evidence.otherEndAnswers) return null;
	if (!evidence.hasRelays) return 'no-relay';
	return evidence.relayReached ? null : 'relay-unreachable';
}
