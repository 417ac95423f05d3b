/**
 * Combines what the roster says about the others with the state of their peers: one snapshot each. An unchanged participant keeps the same
 * object and an unchanged track the same stream, so that nothing is redrawn without need.
 */
import type { ParticipantId } from '../../protocol';
import { sameShallow } from '../../platform/unchanged';
import type { ConnectionQuality } from '../quality/quality';
import { labelsOf, type Roster, type RosterEntry } from './roster';
import type { ParticipantSnapshot } from './room-state';
import type { ConnectionState, RemoteMedia } from '../transport/transport';

export interface ParticipantViewInput {
	roster: Roster;
	media(id: ParticipantId): RemoteMedia | undefined;
	speaking(id: ParticipantId): boolean;
	quality(id: ParticipantId, connection: ConnectionState): ConnectionQuality;
}

export type ParticipantView = (input: ParticipantViewInput) => ParticipantSnapshot[];

export function createParticipantView(
	createStream: (tracks: MediaStreamTrack[]) => MediaStream,
): ParticipantView {
	const streams = new WeakMap<MediaStreamTrack, MediaStream>();
	let previous: ParticipantSnapshot[] = [];

	function streamOf(track: MediaStreamTrack | null | undefined, shown: boolean): MediaStream | null {
		if (!track || !shown) return null;
		let stream = streams.get(track);
		if (!stream) streams.set(track, (stream = createStream([track])));
		return stream;
	}

	function view(
		entry: RosterEntry,
		{ roster, media, speaking, quality }: ParticipantViewInput,
	): ParticipantSnapshot {
		const { presence, joinedAt: _, ...participant } = entry.participant;
		const { id, name, publications } = participant;
		const remote = media(id);
		const connection = remote?.connection ?? 'connecting';
		return {
			...participant,
			label: labelsOf(roster).get(id) ?? name,
			connection,
			pathFailure: remote?.pathFailure ?? null,
			quality: quality(id, connection),
			away: entry.lingering || presence === 'away',
			interruption: participant.interruption ?? null,
			speaking: speaking(id),
			// A muted microphone keeps its stream, so that the element is in place when they speak again.
			audioStream: streamOf(remote?.microphone, true),
			audible: publications.microphone,
			screenAudioStream: streamOf(remote?.screenAudio, publications.screen),
			cameraStream: streamOf(remote?.camera, publications.camera),
			screenStream: streamOf(remote?.screen, publications.screen),
		};
	}

	return (input) => {
		const known = new Map(previous.map((participant) => [participant.id, participant]));
		const next = input.roster.others.map((entry) => {
			const fresh = view(entry, input);
			const old = known.get(fresh.id);
			return old && sameShallow(old, fresh) ? old : fresh;
		});
		if (next.length !== previous.length || next.some((item, at) => item !== previous[at])) previous = next;
		return previous;
	};
}
