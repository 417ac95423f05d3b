/** Who is in the room, and what they do, as the interface shows it. */
import type { Interruption, Participant, ParticipantId } from '../../protocol';
import type { ConnectionQuality } from '../quality/quality';
import type { CallFailure, Phase } from './phase';
import type { ConnectionState, PathFailure } from '../transport/transport';

/** What they say of themselves, and what has come of them here. */
export interface ParticipantSnapshot extends Omit<Participant, 'presence' | 'joinedAt' | 'interruption'> {
	/** The name as it is shown: with a number where somebody else's looks the same. No two of a room are alike. */
	label: string;
	connection: ConnectionState;
	/** Why a `failed` connection can't be made, where it is known. */
	pathFailure: PathFailure | null;
	quality: ConnectionQuality;
	/** Their connection to the server is lost and their seat is kept. */
	away: boolean;
	/** What should be on and gives nothing for now; `null` while nothing is interrupted. */
	interruption: Interruption | null;
	speaking: boolean;
	/** For an `<audio>`: voice, and the sound of a shared screen. */
	audioStream: MediaStream | null;
	/** Whether the voice is to be heard. What is said to be off is silent, whatever comes. */
	audible: boolean;
	screenAudioStream: MediaStream | null;
	/** For a `<video>`; `null` while the source is off. */
	cameraStream: MediaStream | null;
	screenStream: MediaStream | null;
}

export interface SelfSnapshot {
	/** `null` before the first welcome. */
	id: ParticipantId | null;
	name: string;
	/** What the others see. */
	label: string;
	handRaisedAt: number | null;
	speaking: boolean;
}

export interface LobbySnapshot {
	/** How many are inside; `null` until the server has said so. */
	count: number | null;
	limit: number | null;
}

/** Where we stand on the way in and out. */
export interface MembershipSnapshot {
	phase: Phase;
	/** Why the last join was refused or the session ended; `null` after an ordinary hang-up. */
	failure: CallFailure | null;
	lobby: LobbySnapshot;
}
