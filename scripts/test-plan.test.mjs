import { expect, it } from 'vitest';
import { planTests } from './test-plan.mjs';

const files = [
	'src/lib/layout',
	'src/lib/layout/layout.test.ts',
	'tests/e2e/chat.test.ts',
	'tests/integration/sse.test.ts',
];

/** @param {string[]} wanted */
const plan = (...wanted) =>
	planTests(wanted, (path) => files.includes(path.replace(/^\.\//, '').replace(/\/$/, '')));

it('does everything when nothing is named, from a new build', () => {
	expect(plan()).toEqual({ lint: true, build: 'anew', unit: [], e2e: [] });
});

it('does a part by its name, and builds for it only where it needs a build that is not there', () => {
	expect(plan('lint')).toEqual({ lint: true, build: 'no', unit: null, e2e: null });
	expect(plan('unit')).toMatchObject({ lint: false, build: 'no', e2e: null });
	expect(plan('integration')).toMatchObject({ build: 'if changed', unit: ['tests/integration'], e2e: null });
	expect(plan('e2e')).toEqual({ lint: false, build: 'if changed', unit: null, e2e: ['tests/e2e'] });
	expect(plan('firefox')).toMatchObject({ e2e: ['tests/firefox'] });
});

it('gives a file or a folder to the runner that knows it', () => {
	expect(plan('src/lib/layout/')).toEqual({ lint: false, build: 'no', unit: ['src/lib/layout'], e2e: null });
	expect(plan('./tests/e2e/chat.test.ts')).toMatchObject({ unit: null, e2e: ['tests/e2e/chat.test.ts'] });
	expect(plan('tests/integration/sse.test.ts')).toMatchObject({ build: 'if changed', e2e: null });
});

it('puts several together', () => {
	expect(plan('lint', 'tests/e2e/chat.test.ts', 'src/lib/layout')).toEqual({
		lint: true,
		build: 'if changed',
		unit: ['src/lib/layout'],
		e2e: ['tests/e2e/chat.test.ts'],
	});
});

it('says what there is when asked for what there is not', () => {
	expect(plan('lint', 'units')).toEqual({
		problem:
			'There is no part "units", and no file. Parts: lint, unit, integration, e2e, firefox; or a file or folder of tests.',
	});
	expect(plan('constructor')).toHaveProperty('problem');
});
