/**
 * Minifies once more what Vite's own minifier has made. It renames and folds; Terser after it joins what is left: 2.1 kB less in a room, 0.9 on the
 * home page, compressed. In its place it saves nothing.
 */
import { createRequire } from 'node:module';
import { minify } from 'terser';
import type { Plugin } from 'vite';

const { version } = createRequire(import.meta.url)('terser/package.json') as { version: string };

export function minifyAgain(): Plugin {
	return {
		name: 'parley-minify-again',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		// A file is named by its content, and is kept for ever by that name: what changes it after it was named belongs to the name.
		augmentChunkHash: () => `terser ${version}`,
		generateBundle: {
			order: 'post',
			async handler(_options, bundle) {
				for (const file of Object.values(bundle)) {
					if (file.type !== 'chunk') continue;
					const { code } = await minify(file.code, { module: true, ecma: 2020, compress: { passes: 2 } });
					if (code === undefined) this.error(`Terser gave nothing for ${file.fileName}`);
					file.code = code;
				}
			},
		},
	};
}
