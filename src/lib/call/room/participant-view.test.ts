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

function participant(publications: Publications): Participant {
	return {
		...{ id: 'amy', incarnation: 'load', name: 'Amy', publications, handRaisedAt: null },
		presence: 'here',
		joinedAt: 0,
	};
}

function open() {
	const view = createParticipantView((tracks) => ({ tracks }) as unknown as MediaStream);
	return (participant: Participant) => {
		const [amy] = view({
			roster: { self: null, others: [{ participant, lingering: false }] },
			media: () => media,
			speaking: () => false,
			quality: () => goodQuality,
		});
		return amy;
	};
}

const viewOf = (publications: Publications) => open()(participant(publications));

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

it('what they say of themselves comes through as it is, also what was not said before', () => {
	const view = open();
	const amy = participant({ microphone: true, camera: true, screen: false });
	const before = view(amy);
	expect(view({ ...amy })).toBe(before);
	const more = { ...amy, later: 'said' };
	expect(view(more)).toEqual({ ...before, later: 'said' });
	expect(view(amy)).toEqual(before);
});
