/**
 * One subject that people in a call exchange messages about, browser to browser: the messages it hears, and what it is told about who is
 * there.
 */
import type { ParticipantId } from '../../protocol';
import type { RemoteEnd } from '../transport/transport';
import type { PeerTable } from './peer-table';

export interface PeerFeature {
	/** How it handles what the others say. */
	readonly rows: Partial<PeerTable>;
	/** Everyone else in the room, whether away or here. Another incarnation is another participant. */
	setParticipants?(ends: readonly RemoteEnd[]): void;
	/** The data channel to one of them has opened, or closed. */
	setChannel?(end: RemoteEnd, open: boolean): void;
	signalingLost?(): void;
	/** After each `welcome`, with the `setParticipants` that goes with it, and each resume. */
	signalingResumed?(): void;
	/** Some of what they sent through the server was lost on the way. */
	textsMissed?(from: ParticipantId): void;
	/** Something of theirs was ignored because it was too much. */
	dropped?(from: ParticipantId): void;
	close?(): void;
}
