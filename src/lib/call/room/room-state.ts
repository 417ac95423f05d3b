/** Who is in the room and what they do, as the interface shows it. */
import type { Interruption, MemberState, Participant, ParticipantId } from '../../protocol';
import type { ConnectionQuality } from '../quality/quality';
import type { CallFailure, Phase } from './phase';
import type { ConnectionState, PathFailure } from '../transport/transport';

/** Anybody in the room, the person themselves included: everything that they say about themselves, and how it is shown here. */
export interface PersonSnapshot extends Omit<MemberState, 'interruption' | 'hand'> {
	/** `null` for ourselves before the first welcome. */
	id: ParticipantId | null;
	/** The name as it is shown: with a number if somebody else's looks the same. No two labels in a room are alike. */
	label: string;
	/** `null` while the hand is down. */
	handRaisedAt: number | null;
	speaking: boolean;
}

/** Our own interruptions, and their reasons, are in the snapshot of the devices. */
export type SelfSnapshot = PersonSnapshot;

/** How well we reach somebody else, as far as it is shown. */
export interface ReachSnapshot {
	connection: ConnectionState;
	/** Why a `failed` connection can't be made, if we know. */
	pathFailure: PathFailure | null;
	quality: ConnectionQuality;
	/** What should be on and gives nothing for now; `null` while nothing is interrupted. */
	interruption: Interruption | null;
}

export interface ParticipantSnapshot extends PersonSnapshot, ReachSnapshot, Pick<Participant, 'incarnation'> {
	id: ParticipantId;
	/** Their connection to the server is lost and their seat is kept. */
	away: boolean;
	/** For an `<audio>`: the voice. `screenAudioStream` is the sound of a shared screen. */
	audioStream: MediaStream | null;
	/** Whether to play the voice. A microphone that they say is off stays silent, whatever comes. */
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

/** Where we are on the way in or out. */
export interface MembershipSnapshot {
	phase: Phase;
	/** Why the last join was refused or the session ended; `null` after an ordinary hang-up. */
	failure: CallFailure | null;
	lobby: LobbySnapshot;
}
