/** That the lint against sentences written where they are said can fail, and what it lets through. */
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const eslint = new ESLint({ cwd: root });

/** @param {string} code @param {string} file @returns {Promise<number>} how many it finds */
async function found(code, file) {
	const [result] = await eslint.lintText(code, { filePath: join(root, 'src', file) });
	return result?.messages.filter(({ ruleId }) => ruleId === 'no-restricted-syntax').length ?? 0;
}

describe('in a component', () => {
	it.each([
		'<p>Nobody is here</p>',
		'{#if true}<p><b>offline</b></p>{/if}',
		'<button aria-label="Close"></button>',
		'<img alt="a cat" />',
		'<input placeholder="Name" />',
		'<abbr title="three"></abbr>',
		'<Field label="Name" />',
		'<Note yes="Leave it all" />',
		"<p>{true ? 'Nobody is here' : ''}</p>",
		'<p>{`Camera ${1}`}</p>',
		'<script lang="ts">\n\tconst words = \'Nobody is here\';\n</script>',
	])('%s is an error', async (code) => {
		expect(await found(code, 'lib/components/ui/Probe.svelte')).toBe(1);
	});

	it.each([
		"<p>{say('nobodyElse')}</p>",
		'<p class="note large" role="status">{text}</p>',
		'<p>Parley</p>',
		'<p>&nbsp;· {text}</p>',
		'<svg viewBox="0 0 16 16"><path d="M2 2l12 12" /></svg>',
		'<style>\n\tp { color: red; }\n</style>',
	])('%s is none', async (code) => {
		expect(await found(code, 'lib/components/ui/Probe.svelte')).toBe(0);
	});
});

describe.each(['lib/call/probe.ts', 'lib/check/probe.ts', 'lib/stores/probe.svelte.ts', 'routes/probe.ts'])(
	'in %s',
	(file) => {
		it.each([
			"export const text = 'The call is over';",
			'export const text = (name: string) => `Goodbye, ${name}`;',
			'export const text = (name: string) => `${name} has left the call`;',
			'export const text = (number: number) => `Camera ${number}`;',
		])('%s is an error', async (code) => {
			expect(await found(code, file)).toBe(1);
		});

		it.each([
			"throw new TypeError('Nobody should call this');",
			'throw new Error(`Nobody has ${1} of them`);',
			'export class Refusal extends Error {\n\tconstructor() {\n\t\tsuper(`Refused for ${1} reason`);\n\t}\n}',
			"console.error('Nobody listens to this');",
			"export const key = 'ArrowDown';",
			"export const purpose = 'parley chat v1';",
		])('%s is none', async (code) => {
			expect(await found(code, file)).toBe(0);
		});
	},
);

it('is not looked for where sentences belong, and in tests', async () => {
	const code = "export default { text: 'The call is over' };";
	expect(await found(code, 'lib/words/de/probe.ts')).toBe(0);
	expect(await found(code, 'lib/call/probe.test.ts')).toBe(0);
	expect(await found(code, 'lib/words/probe.ts')).toBe(1);
});
