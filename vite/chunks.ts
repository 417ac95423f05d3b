/**
 * Which modules share a file. By default, the bundler makes a file for every combination of pages and dialogs that share something: about forty
 * for a call, most of them hardly larger than their headers. Here, only what is needed at different times is separate.
 *
 * Each border between files costs the names that cross it and what compression would have found on the other side. So a room's file also contains
 * what makes the call, which must be ready before anybody clicks, and what the set-up check and the settings share with a room: 3 kB less for
 * everyone who calls. Those two pages load more than they need, mostly from what the service worker has kept. All of this saves 10.7 kB in a room
 * and 7.3 on the home page, compressed.
 */
import type { Plugin, Rolldown } from 'vite';
import { failBuild } from './matched.ts';

/** The modules that each moment starts from. Every pattern must match a module: `vite/matched.ts`. */
const everyPage = [
	/@sveltejs\/kit\/src\//,
	/client-optimized\/app\.js$/,
	/client-optimized\/nodes\/0\.js$/,
	/client-optimized\/nodes\/1\.js$/,
];
const home = [/src\/routes\/\+page\.svelte$/];
const room = [/src\/routes\/room\/\[room\]\/\+page\.svelte$/];
const call = [/src\/routes\/room\/\[room\]\/call-page\.ts$/];
const quality = [/src\/lib\/call\/quality\/quality-watch\.ts$/];
const problems = [
	/src\/lib\/components\/devices\/MediaProblems\.svelte$/,
	/src\/lib\/words\/call-failure-words\.ts$/,
	/src\/lib\/words\/trouble-words\.ts$/,
];
const inside = [/src\/routes\/room\/\[room\]\/once-inside\.ts$/, /src\/lib\/call\/messaging\.ts$/];

/** What the home page does not need. */
const beyondHome = [room, call, quality, problems, inside].flat();

export const chunkPatterns: readonly RegExp[] = [...everyPage, ...home, ...beyondHome];

/** In order of priority: a module goes into the first one that needs it. */
const moments: { name: string; needs(reached: Reached): boolean }[] = [
	{ name: 'every-page', needs: ({ by }) => by(everyPage) || (by(home) && by(beyondHome)) },
	{ name: 'room', needs: ({ by }) => by(room) || (by(call) && by(problems)) },
	{ name: 'call', needs: ({ by }) => by(call) },
	{ name: 'quality', needs: ({ by }) => by(quality) },
	{ name: 'problems', needs: ({ by }) => by(problems) },
	{ name: 'once-inside', needs: ({ by }) => by(inside) },
];

interface Reached {
	by(patterns: readonly RegExp[]): boolean;
}

export function chunkGroups(): Rolldown.CodeSplittingGroup[] {
	const known = new Map<string, string | null>();
	return moments.map(({ name }, index) => ({
		name: (id, context) => {
			if (!known.has(id)) known.set(id, momentOf(id, context));
			return known.get(id) === name ? name : null;
		},
		debugName: name,
		priority: moments.length - index,
	}));
}

function momentOf(id: string, context: Rolldown.ChunkingContext): string | null {
	const importers = allImporters(id, context);
	const reached: Reached = {
		by: (patterns) => importers.some((importer) => patterns.some((pattern) => pattern.test(importer))),
	};
	return moments.find(({ needs }) => needs(reached))?.name ?? null;
}

/** The module itself, everything that imports it statically, everything that imports those, and so on. */
function allImporters(id: string, context: Rolldown.ChunkingContext): string[] {
	const found = new Set([id]);
	for (const next of found)
		for (const importer of context.getModuleInfo(next)?.importers ?? []) found.add(importer);
	return [...found];
}

/**
 * Fails the build if the home page loads a file of a later moment. A piece that both need, and that no rule above puts into the file of every
 * page, would bring all of the later file with it.
 */
export function homeStaysApart(): Plugin {
	return {
		name: 'parley-home-stays-apart',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		generateBundle(_options, bundle) {
			const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
			const start = chunks.filter(({ moduleIds }) =>
				moduleIds.some((id) => home.some((page) => page.test(id))),
			);
			if (start.length === 0) failBuild(this, 'vite/chunks.ts: no file has the home page');
			const loaded = new Set(start.map(({ fileName }) => fileName));
			for (const fileName of loaded) {
				const file = bundle[fileName];
				if (file?.type === 'chunk') file.imports.forEach((next) => loaded.add(next));
			}
			const later = chunks.filter(
				({ fileName, moduleIds }) =>
					loaded.has(fileName) && moduleIds.some((id) => beyondHome.some((pattern) => pattern.test(id))),
			);
			if (later.length === 0) return;
			const names = later.map(({ name }) => name).join(', ');
			failBuild(this, `vite/chunks.ts: the home page loads what is for later: ${names}`);
		},
	};
}
