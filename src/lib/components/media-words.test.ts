import { describe, expect, it } from 'vitest';
import type { LocalMediaSnapshot, MediaFailureCode } from '../call/snapshot';
import { mediaProblems } from './media-words';

function media(microphone: MediaFailureCode | null, camera: MediaFailureCode | null): LocalMediaSnapshot {
	const source = (code: MediaFailureCode | null) => ({
		wanted: true,
		state: code ? 'off' : 'on',
		failure: code && { code },
	});
	return { microphone: source(microphone), camera: source(camera) } as LocalMediaSnapshot;
}

describe('problems with devices', () => {
	const surroundings = { browser: 'firefox', system: 'other' } as const;

	it('are none where none fails', () => {
		expect(mediaProblems(media(null, null), surroundings)).toEqual([]);
	});

	it('are told of together where they have one reason', () => {
		const [problem, ...more] = mediaProblems(media('denied', 'denied'), surroundings);
		expect(problem).toMatchObject({ sources: ['microphone', 'camera'], retry: true });
		expect(problem?.title).toBe('Parley may not use your microphone and camera');
		expect(more).toEqual([]);
	});

	it('are told of apart where they have two', () => {
		const problems = mediaProblems(media('busy', 'not-found'), surroundings);
		expect(problems.map(({ sources }) => sources)).toEqual([['microphone'], ['camera']]);
	});

	it('come with what helps in this browser', () => {
		const help = (browser: 'firefox' | 'safari') =>
			mediaProblems(media('denied', null), { ...surroundings, browser })[0]?.help;
		expect(help('firefox')).not.toBe(help('safari'));
	});
});
