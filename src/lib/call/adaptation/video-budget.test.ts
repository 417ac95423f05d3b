import { describe, expect, it } from 'vitest';
import { encodingWithin, screenBudget, videoBudget, type PictureLimit } from './video-budget';

describe('the budget of a camera', () => {
	it('asks for less of each picture the more it is sent to, and never for more', () => {
		let before = videoBudget(0);
		for (let others = 1; others <= 40; others += 1) {
			const budget = videoBudget(others);
			expect(budget.shortSideMax).toBeLessThanOrEqual(before.shortSideMax);
			expect(budget.framesPerSecondMax).toBeLessThanOrEqual(before.framesPerSecondMax);
			expect(budget.bitrateMaxBps).toBeLessThanOrEqual(before.bitrateMaxBps);
			before = budget;
		}
	});

	it('keeps all that is sent within what a home connection uploads', () => {
		for (let others = 1; others <= 11; others += 1) {
			expect(others * videoBudget(others).bitrateMaxBps).toBeLessThanOrEqual(2_500_000);
		}
	});

	it('is that of a larger call under encoder load, down to the smallest', () => {
		expect(videoBudget(1, 1)).toEqual(videoBudget(2));
		expect(videoBudget(3, 2)).toEqual(videoBudget(9));
		expect(videoBudget(40, 3)).toEqual(videoBudget(40));
	});
});

it('shares what a screen costs among those who see it, as far as writing stays readable', () => {
	expect(screenBudget(1).bitrateMaxBps).toBe(2_500_000);
	expect(screenBudget(4).bitrateMaxBps).toBe(1_250_000);
	expect(screenBudget(40).bitrateMaxBps).toBe(400_000);
	expect(screenBudget(3).framesPerSecondMax).toBeLessThan(screenBudget(1).framesPerSecondMax);
});

describe('an encoding', () => {
	const limit = (change: Partial<PictureLimit> = {}): PictureLimit => ({
		...{ shortSideMax: 360, framesPerSecondMax: 24, bitrateMaxBps: 600_000, shownIn: null },
		...change,
	});

	it('goes by the shorter side, so that a phone held upright is treated like one held across', () => {
		const expected = { active: true, scaleResolutionDownBy: 2, maxFramerate: 24, maxBitrate: 600_000 };
		expect(encodingWithin(limit(), 1280, 720)).toEqual(expected);
		expect(encodingWithin(limit(), 720, 1280)).toEqual(expected);
	});

	it('is no larger than its box: of a camera all of the box is covered, of a screen nothing is cut', () => {
		const box = { width: 160, height: 180 } as const;
		expect(
			encodingWithin(limit({ shownIn: { ...box, fit: 'cover' } }), 1280, 720).scaleResolutionDownBy,
		).toBe(4);
		expect(
			encodingWithin(limit({ shownIn: { ...box, fit: 'contain' } }), 1280, 720).scaleResolutionDownBy,
		).toBe(8);
	});

	it('is not scaled for a box that is only a little smaller', () => {
		const shownIn = { width: 1100, height: 640, fit: 'cover' } as const;
		expect(encodingWithin(limit({ shortSideMax: 720, shownIn }), 1280, 720).scaleResolutionDownBy).toBe(1);
	});

	it('costs less when it is smaller, and never so little that nothing comes of it', () => {
		const at = (width: number, height: number) =>
			encodingWithin(limit({ shownIn: { width, height, fit: 'cover' } }), 1280, 720).maxBitrate ?? 0;
		expect(at(1280, 720)).toBe(600_000);
		expect(at(320, 180)).toBeLessThan(250_000);
		expect(at(320, 180)).toBeGreaterThan(150_000);
		expect(at(16, 9)).toBe(30_000);
		expect(encodingWithin(limit({ bitrateMaxBps: 20_000 }), 1280, 720).maxBitrate).toBe(20_000);
	});

	it('is never scaled up, and left alone where the size is not known', () => {
		expect(encodingWithin(limit(), 320, 180).scaleResolutionDownBy).toBe(1);
		expect(encodingWithin(limit(), undefined, undefined).scaleResolutionDownBy).toBe(1);
		expect(encodingWithin(limit(), 0, 0).scaleResolutionDownBy).toBe(1);
	});

	it('is off where nobody looks', () => {
		expect(encodingWithin(null, 1280, 720)).toEqual({ active: false });
	});
});
