import { expect, it } from 'vitest';
import { noStrain, strainMax, strainMs, watchStrain, type Strain } from './strain';

function over(before: Strain, limited: boolean, fromMs: number, untilMs: number): Strain {
	let strain = before;
	for (let nowMs = fromMs; nowMs <= untilMs; nowMs += 1_000) strain = watchStrain(strain, limited, nowMs);
	return strain;
}

it('grows step by step while encoders stay behind, up to a bound', () => {
	expect(over(noStrain, true, 0, strainMs.up - 1_000).level).toBe(0);
	expect(over(noStrain, true, 0, strainMs.up).level).toBe(1);
	expect(over(noStrain, true, 0, 60_000).level).toBe(strainMax);
});

it('falls far more slowly, so that it does not swing', () => {
	const strained = over(noStrain, true, 0, 2 * strainMs.up);
	expect(strained.level).toBe(2);
	const begins = 2 * strainMs.up + 1_000;
	expect(over(strained, false, begins, begins + strainMs.down - 1_000).level).toBe(2);
	expect(over(strained, false, begins, begins + strainMs.down).level).toBe(1);
	expect(over(strained, false, begins, begins + 3 * strainMs.down).level).toBe(0);
});

it('one moment of being behind is nothing', () => {
	let strain = noStrain;
	for (let nowMs = 0; nowMs < 60_000; nowMs += 1_000)
		strain = watchStrain(strain, nowMs % 3_000 === 0, nowMs);
	expect(strain.level).toBe(0);
});
