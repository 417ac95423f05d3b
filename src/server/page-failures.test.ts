import { expect, it } from 'vitest';
import { onPageFailure, tellPageFailure } from './page-failures';

it('tells whoever listens, and says whether anybody did', () => {
	const told: unknown[] = [];
	const cause = new Error('a page failed');
	expect(tellPageFailure(cause)).toBe(false);
	const stop = onPageFailure((failure) => told.push(failure));
	expect(tellPageFailure(cause)).toBe(true);
	stop();
	expect(tellPageFailure(cause)).toBe(false);
	expect(told).toEqual([cause]);
});
