import { expect, it } from 'vitest';
import { scaleDownBy, videoBudget } from './video-budget';

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

it('scales by the shorter side, so that a phone held upright is treated like one held across', () => {
	const budget = videoBudget(3);
	expect(scaleDownBy(budget, 1280, 720)).toBe(2);
	expect(scaleDownBy(budget, 720, 1280)).toBe(2);
});

it('never scales up, and leaves alone what it does not know', () => {
	expect(scaleDownBy(videoBudget(1), 320, 180)).toBe(1);
	expect(scaleDownBy(videoBudget(9), undefined, undefined)).toBe(1);
	expect(scaleDownBy(videoBudget(9), 0, 0)).toBe(1);
});
