/**
 * Minifies again what Vite's own minifier has made. Vite's renames and folds; Terser joins what is left: 2.1 kB less in a room, 0.9 on the home
 * page, compressed. Used instead of Vite's, Terser saves nothing.
 */
import { createRequire } from 'node:module';
import { minify, type MinifyOptions } from 'terser';
import type { Plugin } from 'vite';

const { version } = createRequire(import.meta.url)('terser/package.json') as { version: string };
const options: MinifyOptions = { module: true, ecma: 2020, compress: { passes: 2 } };
/** Made once, since Terser writes into its options. */
const name = JSON.stringify({ version, options });

export function minifyAgain(): Plugin {
	return {
		name: 'parley-minify-again',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		// A file is named by its content and kept for ever under that name. Terser changes the content after it was named, so its version and
		// options must be part of the name.
		augmentChunkHash: () => name,
		generateBundle: {
			order: 'post',
			async handler(_options, bundle) {
				for (const file of Object.values(bundle)) {
					if (file.type !== 'chunk') continue;
					const { code } = await minify(file.code, options);
					if (code === undefined) this.error(`Terser gave nothing for ${file.fileName}`);
					file.code = code;
				}
			},
		},
	};
}
