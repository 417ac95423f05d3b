/** Who is in the room, and what they do, as the interface shows it. */
import type { Interruption, MemberState, Participant, ParticipantId } from '../../protocol';
import type { ConnectionQuality } from '../quality/quality';
import type { CallFailure, Phase } from './phase';
import type { ConnectionState, PathFailure } from '../transport/transport';

/** Anybody, oneself as well: what a person says of themselves, each field of it, and what has come of that here. */
export interface PersonSnapshot extends Omit<MemberState, 'interruption' | 'hand'> {
	/** Of oneself `null` before the first welcome. */
	id: ParticipantId | null;
	/** The name as it is shown: with a number where somebody else's looks the same. No two of a room are alike. */
	label: string;
	/** `null` while it is down. */
	handRaisedAt: number | null;
	speaking: boolean;
}

/** What is interrupted of oneself is told with the devices, and why. */
export type SelfSnapshot = PersonSnapshot;

/** How somebody else is reached, as far as it is seen. */
export interface ReachSnapshot {
	connection: ConnectionState;
	/** Why a `failed` connection can't be made, where it is known. */
	pathFailure: PathFailure | null;
	quality: ConnectionQuality;
	/** What should be on and gives nothing for now; `null` while nothing is interrupted. */
	interruption: Interruption | null;
}

export interface ParticipantSnapshot extends PersonSnapshot, ReachSnapshot, Pick<Participant, 'incarnation'> {
	id: ParticipantId;
	/** Their connection to the server is lost and their seat is kept. */
	away: boolean;
	/** For an `<audio>`: voice, and the sound of a shared screen. */
	audioStream: MediaStream | null;
	/** Whether the voice is to be heard. What is said to be off is silent, whatever comes. */
	audible: boolean;
	screenAudioStream: MediaStream | null;
	/** For a `<video>`; `null` while the source is off. */
	cameraStream: MediaStream | null;
	screenStream: MediaStream | null;
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
