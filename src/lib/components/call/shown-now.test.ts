import { expect, it } from 'vitest';
import { shownNow } from './shown-now';

const tiles = new Map([
	['ann', { camera: { width: 300, height: 200 }, screen: { width: 800, height: 600 } }],
]);
const usual = { pageVisible: true, covered: false, pictureOpen: false, pixelRatio: 1 };

it('is every tile, in the pixels of the device as far as they make a difference', () => {
	expect(shownNow(tiles, usual)).toEqual(tiles);
	expect(shownNow(tiles, { ...usual, pixelRatio: 2 }).get('ann')?.camera).toEqual({
		width: 600,
		height: 400,
	});
	expect(shownNow(tiles, { ...usual, pixelRatio: 3.5 }).get('ann')?.camera?.width).toBe(600);
});

it('is nothing in a hidden page, and nothing behind a chat that covers all', () => {
	expect(shownNow(tiles, { ...usual, pageVisible: false }).size).toBe(0);
	expect(shownNow(tiles, { ...usual, covered: true }).size).toBe(0);
});

it('is faces, small, while the call stands in a window of its own', () => {
	const shown = shownNow(tiles, { ...usual, pageVisible: false, pictureOpen: true });
	expect(shown.get('ann')).toEqual({ camera: { width: 480, height: 270 }, screen: null });
	expect(shownNow(tiles, { ...usual, pictureOpen: true })).toEqual(tiles);
});
