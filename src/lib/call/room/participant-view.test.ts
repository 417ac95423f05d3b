import { expect, it } from 'vitest';
import type { Participant, Publications } from '../../protocol';
import { createParticipantView } from './participant-view';
import { goodQuality } from '../quality/quality';
import type { RemoteMedia } from '../transport/transport';

const track = (id: string) => ({ id }) as MediaStreamTrack;
const media: RemoteMedia = {
	...{ connection: 'connected', pathFailure: null, dataChannelOpen: true },
	...{ microphone: track('m'), camera: track('c'), screen: track('s'), screenAudio: track('a') },
};

function viewOf(publications: Publications) {
	const participant: Participant = {
		...{ id: 'amy', incarnation: 'load', name: 'Amy', publications, handRaisedAt: null },
		presence: 'here',
		joinedAt: 0,
	};
	const view = createParticipantView((tracks) => ({ tracks }) as unknown as MediaStream);
	const [amy] = view({
		roster: { self: null, others: [{ participant, lingering: false }] },
		media: () => media,
		speaking: () => false,
		quality: () => goodQuality,
	});
	return amy;
}

it('[N10] nothing is heard or seen of what is said to be off, though all of it may come', () => {
	const off = viewOf({ microphone: false, camera: false, screen: false });
	expect(off).toMatchObject({
		audible: false,
		screenAudioStream: null,
		cameraStream: null,
		screenStream: null,
	});
	// The element is in place when they speak again.
	expect(off?.audioStream).not.toBeNull();
});

it('what is said to be on is heard and seen', () => {
	const on = viewOf({ microphone: true, camera: true, screen: true });
	expect(on?.audible).toBe(true);
	for (const stream of [on?.audioStream, on?.screenAudioStream, on?.cameraStream, on?.screenStream]) {
		expect(stream).not.toBeNull();
	}
});
