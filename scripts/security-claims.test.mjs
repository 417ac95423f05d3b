import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasTest, readClaims } from './security-claims.mjs';

const root = join(import.meta.dirname, '..');

describe('docs/SECURITY.md', () => {
	const { claims, stray } = readClaims(readFileSync(join(root, 'docs/SECURITY.md'), 'utf8'));

	it('has no sentence without a test or a reason', () => {
		expect(claims.length).toBeGreaterThan(0);
		expect(stray).toEqual([]);
		expect(
			claims.filter(({ tests, reasons }) => tests.length + reasons.length === 0).map(({ text }) => text),
		).toEqual([]);
	});

	it('names tests that there are', () => {
		const missing = claims
			.flatMap(({ tests }) => tests)
			.filter(({ file, title }) => {
				const path = join(root, file);
				return !existsSync(path) || !hasTest(readFileSync(path, 'utf8'), title);
			});
		expect(missing).toEqual([]);
	});
});

describe('the reader of claims', () => {
	it('takes tests and reasons for the claim above them, and tells what is neither', () => {
		const markdown = `# Security

How to read this.

## An outsider

Who: somebody without the link,
anywhere.

- **Can’t** come in, with the
  name alone.
  - Test: \`tests/a.test.ts\` › comes in nowhere
  - Test: \`tests/b.test.ts\` › stays outside
- **Can** knock.
  - Reason: a door is there to be knocked at.
- **Can’t** shout.

All is well.
  - Test: \`tests/c.test.ts\`, written otherwise
`;
		const { claims, stray } = readClaims(markdown);
		expect(claims).toEqual([
			{
				text: '**Can’t** come in, with the',
				tests: [
					{ file: 'tests/a.test.ts', title: 'comes in nowhere' },
					{ file: 'tests/b.test.ts', title: 'stays outside' },
				],
				reasons: [],
			},
			{ text: '**Can** knock.', tests: [], reasons: ['a door is there to be knocked at.'] },
			{ text: '**Can’t** shout.', tests: [], reasons: [] },
		]);
		expect(stray).toEqual(['All is well.', '  - Test: `tests/c.test.ts`, written otherwise']);
	});

	it('finds a test by its whole title, however that is quoted', () => {
		const source = `it('[J1] isn\\'t', () => {}); it("is", () => {}); it(\`takes turns, all of \${n}\`, () => {});`;
		for (const title of ["[J1] isn't", 'is', 'takes turns, …'])
			expect(hasTest(source, title), title).toBe(true);
		for (const title of ["[J1] isn't so", '[J1] isn', 'takes turns', 'takes …', '…', 'gives turns, …']) {
			expect(hasTest(source, title), title).toBe(false);
		}
	});
});
