import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Part } from './catalog';
import { allParts } from './languages';
import { partsOfPage } from './parts-of-page';

const root = join(import.meta.dirname, '../../..');
const pages: Record<string, string> = {
	'src/routes/+page.svelte': '/',
	'src/routes/+error.svelte': '/nowhere',
	'src/routes/settings/+page.svelte': '/settings',
	'src/routes/check/+page.svelte': '/check',
	'src/routes/join/+page.svelte': '/join',
	'src/routes/room/[room]/+page.svelte': '/room/team',
};

const written = import.meta.glob<string>('./en/*.ts', { query: '?raw', import: 'default', eager: true });
const partOf = new Map(
	allParts.flatMap((part) =>
		[...(written[`./en/${part}.ts`] ?? '').matchAll(/^\t(\w+):/gm)].map((match) => [match[1] ?? '', part]),
	),
);

function resolve(source: string, from: string): string | null {
	const path = source.startsWith('$lib/')
		? join('src/lib', source.slice(5))
		: source.startsWith('.')
			? join(dirname(from), source)
			: null;
	const found =
		path && [path, `${path}.ts`].find((each) => /\.(ts|svelte)$/.test(each) && existsSync(join(root, each)));
	return found && !/words\/(say|languages)\.ts$/.test(found) ? found : null;
}

/** What comes at once with a file, and what it loads later, each with the parts that come with that. */
function read(file: string): { said: string[]; imports: string[]; later: { file: string; parts: Part[] }[] } {
	const code = readFileSync(join(root, file), 'utf8');
	const says = [...code.matchAll(/\bsay\(([^)]*?)[,)]/gs)].flatMap(
		(match) => match[1]?.match(/'(\w+)'/g) ?? [],
	);
	const imports = [...code.matchAll(/^\s*(?:import|export) (?!type\b)[^;]*?from '(.*?)'/gm)];
	const gated = [...code.matchAll(/withWords\((\[.*?\]|'\w+'), \(\) =>\s*import\('(.*?)'\)/gs)];
	const bare = [...code.matchAll(/(?<!typeof )import\('(.*?)'\)/g)];
	const later = bare.map((match) => ({
		source: match[1] ?? '',
		parts: gated.find((gate) => gate[2] === match[1])?.[1]?.match(/\w+/g) ?? [],
	}));
	return {
		said: says.map((key) => key.slice(1, -1)).filter((key) => partOf.has(key)),
		imports: imports.flatMap((match) => resolve(match[1] ?? '', file) ?? []),
		later: later.flatMap(({ source, parts }) => {
			const found = resolve(source, file);
			return found ? [{ file: found, parts: parts as Part[] }] : [];
		}),
	};
}

it('are there when they are said: each page, and each part that comes later, brings those it needs', () => {
	const missing = new Set<string>();
	const seen = new Set<string>();
	let found = 0;
	const follow = (file: string, parts: Part[], way: string): void => {
		const state = `${file} ${[...parts].sort().join()}`;
		if (seen.has(state)) return;
		seen.add(state);
		const { said, imports, later } = read(file);
		found += said.length;
		for (const key of said) {
			const part = partOf.get(key);
			if (part && !parts.includes(part as Part))
				missing.add(`${file} says ${key} of ${part}, by way of ${way}`);
		}
		for (const next of imports) follow(next, parts, way);
		for (const next of later) follow(next.file, [...new Set([...parts, ...next.parts])], next.file);
	};
	for (const [page, path] of Object.entries(pages)) {
		follow(page, partsOfPage(path), page);
		follow('src/routes/+layout.svelte', partsOfPage(path), page);
	}
	expect([...missing]).toEqual([]);
	expect(found).toBeGreaterThan(300);
});
