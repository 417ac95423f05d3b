import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { createReturnNews, interruptionOf } from './interruption';
import { mediaFailure } from './media-failure';
import type { LocalSource, MediaFailureCode } from './media-state';

const on: LocalSource = { wanted: true, state: 'on', failure: null };
const off: LocalSource = { wanted: false, state: 'off', failure: null };
const starting: LocalSource = { wanted: true, state: 'starting', failure: null };
const failed = (code: MediaFailureCode): LocalSource => ({
	wanted: true,
	state: 'failed',
	failure: mediaFailure(code),
});

describe('what the others are told', () => {
	it('is which of microphone and camera gave something and does not now', () => {
		const media = { microphone: failed('interrupted'), camera: failed('lost') };
		expect(interruptionOf(media, false)).toEqual({ microphone: true, camera: true, background: false });
		expect(interruptionOf({ ...media, camera: off }, true)).toEqual({
			...{ microphone: true, camera: false, background: true },
		});
	});

	it('is nothing of what was refused, absent or busy from the start, and nothing of a page that is just hidden', () => {
		for (const code of ['denied', 'not-found', 'busy'] as const) {
			const mark = interruptionOf({ microphone: on, camera: failed(code) }, true);
			expect(mark).toEqual({ microphone: false, camera: false, background: false });
		}
	});
});

describe('on return', () => {
	function setUp() {
		const clock = new FakeClock();
		const told: string[][] = [];
		const news = createReturnNews(clock, (sources) => told.push(sources));
		return { clock, told, news };
	}

	it('one line tells of both, though they come one after the other', async () => {
		const { clock, told, news } = setUp();
		news.handleMedia({ microphone: failed('interrupted'), camera: failed('interrupted') });
		await clock.advance(30_000);
		news.handleMedia({ microphone: failed('interrupted'), camera: on });
		await clock.advance(400);
		news.handleMedia({ microphone: on, camera: on });
		await clock.advance(5_000);
		expect(told).toEqual([['microphone', 'camera']]);
		expect(clock.pending).toBe(0);
	});

	it('the one that is back is told of while the other is still away', async () => {
		const { clock, told, news } = setUp();
		news.handleMedia({ microphone: failed('interrupted'), camera: failed('interrupted') });
		await clock.advance(5_000);
		news.handleMedia({ microphone: on, camera: failed('interrupted') });
		await clock.advance(5_000);
		news.handleMedia({ microphone: on, camera: on });
		await clock.advance(5_000);
		expect(told).toEqual([['microphone'], ['camera']]);
	});

	it('nothing is told of a moment, such as between a headset pulled out and the next microphone', async () => {
		const { clock, told, news } = setUp();
		news.handleMedia({ microphone: failed('lost'), camera: on });
		await clock.advance(300);
		news.handleMedia({ microphone: starting, camera: on });
		news.handleMedia({ microphone: on, camera: on });
		await clock.advance(5_000);
		expect(told).toEqual([]);
	});

	it('nothing is told of what was switched off meanwhile, or is gone again', async () => {
		const { clock, told, news } = setUp();
		news.handleMedia({ microphone: failed('lost'), camera: on });
		await clock.advance(5_000);
		news.handleMedia({ microphone: off, camera: on });
		await clock.advance(5_000);
		news.handleMedia({ microphone: on, camera: failed('interrupted') });
		await clock.advance(5_000);
		news.handleMedia({ microphone: on, camera: on });
		await clock.advance(100);
		news.handleMedia({ microphone: on, camera: failed('interrupted') });
		await clock.advance(5_000);
		expect(told).toEqual([]);
	});
});
