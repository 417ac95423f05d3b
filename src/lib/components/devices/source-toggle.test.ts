import { describe, expect, it } from 'vitest';
import { mediaFailure } from '../../call/media/media-failure';
import { sourceToggle } from './source-toggle';

describe('the toggle of a source', () => {
	it('is pressed while it gives something, and at no other time', () => {
		const on = { pressed: true, starting: false, failing: false };
		expect(sourceToggle({ wanted: true, state: 'on', failure: null })).toEqual(on);
		const off = { pressed: false, starting: false, failing: false };
		expect(sourceToggle({ wanted: false, state: 'off', failure: null })).toEqual(off);
	});

	it('is not pressed by a wish alone: it says that it is starting, or that it does not work', () => {
		expect(sourceToggle({ wanted: true, state: 'starting', failure: null })).toEqual({
			pressed: false,
			starting: true,
			failing: false,
		});
		const failure = mediaFailure('no-answer');
		expect(sourceToggle({ wanted: true, state: 'failed', failure })).toEqual({
			pressed: false,
			starting: false,
			failing: true,
		});
	});

	it('finds nothing wrong while the person is being asked', () => {
		const failure = mediaFailure('asking');
		expect(sourceToggle({ wanted: true, state: 'failed', failure })).toEqual({
			pressed: false,
			starting: true,
			failing: false,
		});
	});

	it('marks no screen that was refused: nobody waits for that one', () => {
		const failure = mediaFailure('denied-by-system');
		expect(sourceToggle({ wanted: false, state: 'failed', failure }).failing).toBe(false);
	});
});
