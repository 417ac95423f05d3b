/** One matter that people in a call talk about with each other, browser to browser: what it hears, and what it is told of who is there. */
import type { ParticipantId } from '../../protocol';
import type { RemoteEnd } from '../transport/transport';
import type { PeerTable } from './peer-table';

export interface PeerFeature {
	/** What it does with what the others say. */
	readonly rows: Partial<PeerTable>;
	/** Everyone else in the room, away or here. Another incarnation is another participant. */
	setParticipants?(ends: readonly RemoteEnd[]): void;
	/** The data channel to one of them has opened, or closed. */
	setChannel?(end: RemoteEnd, open: boolean): void;
	signalingLost?(): void;
	/** After each `welcome`, with the `setParticipants` that goes with it, and each resume. */
	signalingResumed?(): void;
	/** Some of what they sent through the server was lost on the way. */
	textsMissed?(from: ParticipantId): void;
	/** Something of theirs was not looked at: it was too much. */
	dropped?(from: ParticipantId): void;
	close?(): void;
}
