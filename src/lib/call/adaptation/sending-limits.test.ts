import { describe, expect, it } from 'vitest';
import { saverShare } from './data-saver';
import { sendingLimits } from './sending-limits';
import { screenBudget, videoBudget } from './video-budget';

const usual = { others: 2, encoderLoad: 0, saver: null };
const shown = { width: 320, height: 180, bitrateMaxBps: null };

describe('what is sent to one participant', () => {
	it('is the full budget as long as they have not said how they show it', () => {
		expect(sendingLimits(usual, null)).toEqual({
			camera: { ...videoBudget(2), shownIn: null },
			screen: { ...screenBudget(2), shownIn: null },
			voiceBitrateMaxBps: null,
		});
	});

	it('[A3] follows what they show, and is nothing where they show nothing', () => {
		const limits = sendingLimits(usual, { camera: shown, screen: null, voiceBitrateMaxBps: 20_000 });
		expect(limits.camera?.shownIn).toEqual({ width: 320, height: 180, fit: 'cover' });
		expect(limits.screen).toBeNull();
		expect(limits.voiceBitrateMaxBps).toBe(20_000);
	});

	it('is the least of what both ends want', () => {
		const saver = saverShare(2, 0);
		const theirs = { ...shown, bitrateMaxBps: 30_000 };
		const ours = sendingLimits(
			{ ...usual, saver },
			{ camera: shown, screen: shown, voiceBitrateMaxBps: null },
		);
		expect(ours.camera?.bitrateMaxBps).toBe(saver.camera?.bitrateMaxBps);
		expect(ours.voiceBitrateMaxBps).toBe(saver.voiceBitrateMaxBps);
		const both = sendingLimits(
			{ ...usual, saver },
			{ camera: theirs, screen: null, voiceBitrateMaxBps: 9_000 },
		);
		expect(both.camera?.bitrateMaxBps).toBe(30_000);
		expect(both.voiceBitrateMaxBps).toBe(9_000);
	});

	it('is no face where saving leaves none', () => {
		const saver = saverShare(3, 3);
		expect(saver.camera).toBeNull();
		expect(sendingLimits({ ...usual, saver }, null).camera).toBeNull();
		expect(sendingLimits({ ...usual, saver }, null).screen).not.toBeNull();
	});

	it('shrinks under encoder load', () => {
		expect(sendingLimits({ ...usual, encoderLoad: 1 }, null).camera).toEqual({
			...videoBudget(3),
			shownIn: null,
		});
	});
});
