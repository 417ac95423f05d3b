import eslint from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import globals from 'globals';
import ts from 'typescript-eslint';
import { arrows } from './lint/floors.js';
import { literalSentences } from './lint/literal-sentences.js';
import svelteConfig from './svelte.config.js';

/** What lies in a room, as a pattern. */
const inside = (/** @type {string} */ room) =>
	`${import.meta.dirname}/src/${room.endsWith('*') ? room : `${room}/**`}`;

/** The one direction of imports, from the list of floors. */
const zones = arrows().map(({ room, may }) => ({
	target: inside(room),
	from: `${import.meta.dirname}/src/**`,
	// The client may name the type of the router, and nothing else of the server (see below).
	except: [...may.map(inside), '**/src/server/router.ts', '**/src/app.css'],
	message: 'against the import arrows, see docs/ARCHITECTURE.md',
}));

/** What knows neither Svelte nor the browser. */
const core = ['protocol', 'e2ee', 'platform', 'preferences', 'call', 'check', 'layout', 'system'];

export default ts.config(
	{ ignores: ['.svelte-kit/', 'build/', 'data/', 'test-results/', 'node_modules/'] },
	eslint.configs.recommended,
	...ts.configs.strict,
	...ts.configs.stylistic,
	...svelte.configs.recommended,
	{
		plugins: { 'import-x': importX },
		settings: {
			// An import that is not found is not looked at: names without their `.ts`, and `$lib`, have to be understood.
			'import-x/resolver-next': [
				createNodeResolver({
					extensions: ['.ts', '.js', '.svelte'],
					tsconfig: { configFile: `${import.meta.dirname}/tsconfig.json` },
				}),
			],
		},
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'import-x/no-restricted-paths': ['error', { zones }],
			'@typescript-eslint/no-restricted-imports': [
				'error',
				{
					patterns: [
						{ group: ['**/server/router'], allowTypeImports: true, message: 'import its type only' },
					],
				},
			],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			// Parley is served from the root of its origin: the room's link is a promise.
			'svelte/no-navigation-without-resolve': 'off',
			'@typescript-eslint/no-empty-function': 'off',
			'@typescript-eslint/consistent-type-definitions': 'off',
			'@typescript-eslint/no-invalid-void-type': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
	},
	{
		files: ['src/server/**/*.ts', 'tests/**/*.ts', 'bench/**/*.ts'],
		rules: { '@typescript-eslint/no-restricted-imports': 'off' },
	},
	{
		// The server is left out: it speaks to those who run it, in English.
		files: ['src/lib/**/*.ts', 'src/service-worker/**/*.ts', 'src/routes/**/*.ts', 'src/**/*.svelte'],
		ignores: ['src/lib/words/[a-z][a-z]/*.ts', 'src/**/*.test.ts'],
		rules: { 'no-restricted-syntax': ['error', ...literalSentences] },
	},
	{
		// The device's clock is set by people and by servers: durations are counted by `Clock.now`, moments that others read are `Clock.epochMs`.
		files: ['src/**/*.ts', 'src/**/*.svelte'],
		ignores: ['src/lib/platform/browser-clock.ts', 'src/server/clock.ts', 'src/**/*.test.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				{
					object: 'Date',
					property: 'now',
					message: 'ask a Clock: now() for durations, epochMs() for moments',
				},
			],
		},
	},
	{
		// Browser APIs arrive in the core through `Platform`, and beside it through `System`; the real ones are the only doors.
		files: core.map((room) => `src/lib/${room}/**/*.ts`),
		ignores: [
			'src/lib/platform/browser-*.ts',
			'src/lib/system/browser-*.ts',
			...core.map((room) => `src/lib/${room}/**/*.test.ts`),
		],
		rules: {
			'no-restricted-globals': [
				'error',
				...[
					'window',
					'document',
					'navigator',
					'localStorage',
					'sessionStorage',
					'setTimeout',
					'setInterval',
					'Date',
					'crypto',
					'location',
				],
			],
		},
	},
);
