import { describe, expect, it } from 'vitest';
import type { LocalMediaSnapshot } from '../call/media/media-state';
import type { ParticipantSnapshot } from '../call/room/room-state';
import { featured, featuredStream } from './featured';

function person(id: string, { speaking = false, camera = true } = {}): ParticipantSnapshot {
	const cameraStream = camera ? { id: `${id}'s camera` } : null;
	return { id, name: id, speaking, cameraStream } as ParticipantSnapshot;
}

const whom = (participants: ParticipantSnapshot[], previous: string | null = null) =>
	featured({ participants, previous, needsPicture: false })?.id ?? null;

describe('who is shown alone', () => {
	it('is who speaks', () => {
		expect(whom([person('ada'), person('bob', { speaking: true })])).toBe('bob');
		expect(whom([person('ada'), person('bob', { speaking: true })], 'ada')).toBe('bob');
	});

	it('stays while they speak, also when another talks over them', () => {
		const both = [person('ada', { speaking: true }), person('bob', { speaking: true })];
		expect(whom(both, 'bob')).toBe('bob');
	});

	it('is who spoke last while nobody does, and the first before anybody did', () => {
		expect(whom([person('ada'), person('bob')], 'bob')).toBe('bob');
		expect(whom([person('ada'), person('bob')])).toBe('ada');
	});

	it('is another when they leave, and nobody when one is alone', () => {
		expect(whom([person('ada')], 'bob')).toBe('ada');
		expect(whom([])).toBeNull();
	});
});

describe('the stream for a window of one video', () => {
	const own = { id: 'own' } as MediaStream;
	const media = (cameraStream: MediaStream | null) => ({ cameraStream }) as LocalMediaSnapshot;

	it('is of somebody who is seen, whoever speaks', () => {
		const participants = [person('ada', { camera: false, speaking: true }), person('bob')];
		expect(featuredStream({ participants, media: media(own) }, null)).toEqual({
			id: 'bob',
			stream: participants[1]?.cameraStream,
		});
	});

	it("is one's own when nobody else is seen, and nothing when no camera is on", () => {
		const participants = [person('ada', { camera: false })];
		expect(featuredStream({ participants, media: media(own) }, 'ada').stream).toBe(own);
		expect(featuredStream({ participants, media: media(null) }, 'ada').stream).toBeNull();
	});
});
