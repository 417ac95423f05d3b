/**
 * Seeded randomness, so that a failing schedule can be run again: every randomised test prints its seed.
 */
export interface Random {
	readonly seed: number;
	/** Uniform in [0, 1). */
	next(): number;
	/** A whole number in [0, bound). */
	below(bound: number): number;
	/** True with this probability. */
	chance(probability: number): boolean;
	pick<T>(items: readonly T[]): T;
}

/** Mulberry32: small, fast and good enough for schedules. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return {
		seed,
		next,
		below: (bound) => Math.floor(next() * bound),
		chance: (probability) => next() < probability,
		pick: (items) => items[Math.floor(next() * items.length)] as (typeof items)[number],
	};
}

const givenSeed = process.env['SEED'];

/** Whether one seed has been asked for, to see it fail again. */
export const isOneSeed = givenSeed !== undefined && givenSeed !== 'random';

/**
 * Always the same schedules, so that a change is judged by what it changes. `SEED=random` goes looking for others, and says which;
 * `SEED=<number>` runs one of them again.
 */
export function seedFromEnvironment(): number {
	if (givenSeed === 'random') return Math.floor(Math.random() * 0xffffffff);
	return givenSeed === undefined ? 20_261_121 : Number(givenSeed);
}
