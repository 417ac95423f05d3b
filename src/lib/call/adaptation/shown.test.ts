import { describe, expect, it } from 'vitest';
import { dataSaverBudgetBps } from './data-saver';
import { asksForMore, receiverConstraints } from './shown';

const tile = { camera: { width: 300, height: 200 }, screen: null };
const plenty = { others: 3, screens: 0, saves: false };

describe('what a participant is told', () => {
	it('covers the box, in few steps, so that dragging a window asks seldom', () => {
		const asked = new Set<number>();
		for (let width = 100; width <= 400; width++) {
			const { camera } = receiverConstraints({ camera: { width, height: 100 }, screen: null }, plenty);
			expect(camera?.width).toBeGreaterThanOrEqual(width);
			expect(camera?.width).toBeLessThanOrEqual(width * 1.25 + 1);
			asked.add(camera?.width ?? 0);
		}
		expect(asked.size).toBeLessThanOrEqual(8);
	});

	it('is nothing of what is not seen', () => {
		expect(receiverConstraints(undefined, plenty)).toEqual({
			camera: null,
			screen: null,
			voiceBitrateMaxBps: null,
		});
		expect(receiverConstraints({ camera: { width: 0, height: 90 }, screen: null }, plenty).camera).toBeNull();
	});

	it('keeps all of them together within the budget when data is saved', () => {
		const { camera, voiceBitrateMaxBps } = receiverConstraints(tile, { ...plenty, saves: true });
		expect(3 * ((camera?.bitrateMaxBps ?? NaN) + (voiceBitrateMaxBps ?? NaN))).toBeLessThan(
			dataSaverBudgetBps,
		);
		// A screen leaves nothing for faces.
		const besideScreen = receiverConstraints(tile, { others: 3, screens: 1, saves: true });
		expect(besideScreen.camera).toBeNull();
		expect(besideScreen.voiceBitrateMaxBps).not.toBeNull();
	});
});

it('tells what can wait from what can not', () => {
	const none = receiverConstraints(undefined, plenty);
	const small = receiverConstraints(tile, plenty);
	expect(asksForMore(null, small)).toBe(true);
	expect(asksForMore(none, small)).toBe(true);
	expect(asksForMore(small, none)).toBe(false);
	expect(asksForMore(small, small)).toBe(false);
});
