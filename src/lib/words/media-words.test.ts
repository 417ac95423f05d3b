import { describe, expect, it } from 'vitest';
import type { LocalMediaSnapshot, MediaFailureCode } from '../call/media/media-state';
import { mediaProblems } from './media-words';

function media(microphone: MediaFailureCode | null, camera: MediaFailureCode | null): LocalMediaSnapshot {
	const source = (code: MediaFailureCode | null) => ({
		wanted: true,
		state: code ? 'off' : 'on',
		failure: code && { code },
	});
	return {
		microphone: source(microphone),
		camera: source(camera),
		devices: { microphone: [], camera: [{ id: 'c1', label: 'Front camera' }], speaker: [] },
		chosen: { microphone: null, camera: null, speaker: null },
	} as unknown as LocalMediaSnapshot;
}

describe('problems with devices', () => {
	const surroundings = { browser: 'firefox', system: 'other' } as const;

	it('are none where none fails', () => {
		expect(mediaProblems(media(null, null), surroundings)).toEqual([]);
	});

	it('are told of together where they have one reason', () => {
		const [problem, ...more] = mediaProblems(media('denied', 'denied'), surroundings);
		expect(problem).toMatchObject({ sources: ['microphone', 'camera'], retry: true });
		expect(problem?.title).toBe("Parley isn't allowed to use your microphone and camera");
		expect(more).toEqual([]);
	});

	it('are told of apart where they have two', () => {
		const problems = mediaProblems(media('busy', 'not-found'), surroundings);
		expect(problems.map(({ sources }) => sources)).toEqual([['microphone'], ['camera']]);
	});

	it('are told as something that is waited for while the browser asks, or a device does not answer', () => {
		const [asking] = mediaProblems(media('asking', 'asking'), surroundings);
		expect(asking?.title).toBe('Your browser is asking for permission to use your microphone and camera');
		expect(asking).toMatchObject({ waiting: true, retry: false });
		expect(mediaProblems(media('no-answer', null), surroundings)[0]).toMatchObject({
			title: "Your microphone isn't responding",
			waiting: true,
			retry: true,
		});
		expect(mediaProblems(media('no-answer', 'no-answer'), surroundings)[0]?.title).toBe(
			"Your microphone and camera aren't responding",
		);
	});

	it('call a device that does not answer by its name where it is known which one that is', () => {
		const one = media(null, 'no-answer');
		const title = () => mediaProblems(one, surroundings)[0]?.title;
		expect(title()).toBe("Front camera isn't responding");
		one.devices.camera.push({ id: 'c2', label: 'Back camera' });
		expect(title()).toBe("Your camera isn't responding");
		one.chosen.camera = 'c2';
		expect(title()).toBe("Back camera isn't responding");
	});

	it('can be gone on without, unless they are over in a moment', () => {
		const lasts = (code: MediaFailureCode) => mediaProblems(media(null, code), surroundings)[0]?.lasts;
		const lasting = ['denied', 'denied-by-system', 'dismissed', 'not-found', 'busy', 'no-answer'] as const;
		for (const code of [...lasting, 'lost', 'unsupported', 'unknown'] as const)
			expect(lasts(code)).toBe(true);
		for (const code of ['asking', 'interrupted'] as const) expect(lasts(code)).toBe(false);
	});

	it('come with what helps in this browser', () => {
		const help = (browser: 'firefox' | 'safari') =>
			mediaProblems(media('denied', null), { ...surroundings, browser })[0]?.help;
		expect(help('firefox')).not.toBe(help('safari'));
	});
});
