/**
 * Gives the fallback over HTTP its own copy of tRPC. When two files share a module, both get everything that either needs, so every call would
 * load links that few of them use. Saves 4.5 kB in a room, compressed.
 */
import type { Plugin } from 'vite';

const apart = '?over-http';
const start = /\/trpc-http-connection\.ts$/;

/** For `matched.ts`. */
export const fallbackPatterns: readonly RegExp[] = [start, /\/@trpc\/client\/.*\?over-http$/];

export function apartFallback(): Plugin {
	return {
		name: 'parley-apart-fallback',
		apply: 'build',
		enforce: 'pre',
		applyToEnvironment: ({ name }) => name === 'client',
		async resolveId(source, importer, options) {
			const inside = importer && (start.test(importer) || importer.endsWith(apart));
			if (!inside || !(source.startsWith('@trpc/') || importer?.includes('/@trpc/'))) return null;
			const found = await this.resolve(source, importer?.replace(apart, ''), { ...options, skipSelf: true });
			return found && { ...found, id: `${found.id}${apart}` };
		},
	};
}
