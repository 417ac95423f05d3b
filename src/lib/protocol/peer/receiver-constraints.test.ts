import { expect, it } from 'vitest';
import { mayBeReceiverConstraints, parseReceiverConstraints } from './receiver-constraints';

const parse = (said: object) =>
	parseReceiverConstraints(
		JSON.stringify({ type: 'receiver-constraints', camera: null, screen: null, ...said }),
	);

it('[A1] reads what a receiver shows, and refuses sizes and rates that mean nothing', () => {
	const shown = { width: 320, height: 180 };
	expect(parse({ camera: shown })).toEqual({
		type: 'receiver-constraints',
		camera: { ...shown, bitrateMaxBps: null },
		screen: null,
		voiceBitrateMaxBps: null,
	});
	for (const camera of [{}, { ...shown, width: 0 }, { ...shown, height: 1e6 }, { ...shown, width: 1.5 }])
		expect(parse({ camera })).toBeNull();
	for (const voiceBitrateMaxBps of [0, -1, 5_999, 1e12, '20000'])
		expect(parse({ voiceBitrateMaxBps })).toBeNull();
});

it('looks into short texts alone that name it', () => {
	const text = JSON.stringify({ type: 'receiver-constraints', camera: null, screen: null });
	expect(mayBeReceiverConstraints(text)).toBe(true);
	expect(mayBeReceiverConstraints(text + ' '.repeat(1_000))).toBe(false);
	expect(mayBeReceiverConstraints('{"type":"chat-have","streams":[]}')).toBe(false);
});
