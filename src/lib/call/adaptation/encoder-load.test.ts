import { expect, it } from 'vitest';
import {
	noEncoderLoad,
	encoderLoadMax,
	encoderLoadMs,
	watchEncoderLoad,
	type EncoderLoad,
} from './encoder-load';

function over(before: EncoderLoad, limited: boolean, fromMs: number, untilMs: number): EncoderLoad {
	let encoderLoad = before;
	for (let nowMs = fromMs; nowMs <= untilMs; nowMs += 1_000)
		encoderLoad = watchEncoderLoad(encoderLoad, limited, nowMs);
	return encoderLoad;
}

it('grows step by step while encoders stay behind, up to a bound', () => {
	expect(over(noEncoderLoad, true, 0, encoderLoadMs.up - 1_000).level).toBe(0);
	expect(over(noEncoderLoad, true, 0, encoderLoadMs.up).level).toBe(1);
	expect(over(noEncoderLoad, true, 0, 60_000).level).toBe(encoderLoadMax);
});

it('falls far more slowly, so that it does not swing', () => {
	const loaded = over(noEncoderLoad, true, 0, 2 * encoderLoadMs.up);
	expect(loaded.level).toBe(2);
	const begins = 2 * encoderLoadMs.up + 1_000;
	expect(over(loaded, false, begins, begins + encoderLoadMs.down - 1_000).level).toBe(2);
	expect(over(loaded, false, begins, begins + encoderLoadMs.down).level).toBe(1);
	expect(over(loaded, false, begins, begins + 3 * encoderLoadMs.down).level).toBe(0);
});

it('one moment of being behind is nothing', () => {
	let encoderLoad = noEncoderLoad;
	for (let nowMs = 0; nowMs < 60_000; nowMs += 1_000)
		encoderLoad = watchEncoderLoad(encoderLoad, nowMs % 3_000 === 0, nowMs);
	expect(encoderLoad.level).toBe(0);
});
