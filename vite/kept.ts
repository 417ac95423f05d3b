/**
 * Lists, for `src/service-worker`, the pages and files of this build that it keeps, each with its path and the digest of its content. The digest
 * of them all goes to the terminal, to the server (`build.txt` beside the files), and through the service worker to the settings.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildDigest, digestOf, type BuiltFile } from '../src/service-worker/digest.ts';

/** SvelteKit's adapter hands these files to the server byte for byte. */
const output = '.svelte-kit/output';

/** Files that only the system's installer reads (icons, screenshots) are left out. */
const keptByName = ['client/early.js', 'client/icon.svg', 'client/manifest.webmanifest'];
export const keptPatterns = ['client/_app/immutable/**/*.{js,css}', ...keptByName, 'prerendered/**/*.html'];

/** For `manifestTransforms` of workbox-build. `url`: relative to the output folder. */
export async function keptFiles(
	entries: readonly { url: string; size: number }[],
): Promise<{ manifest: { url: string; revision: string; size: number }[] }> {
	for (const name of keptByName)
		if (!entries.some(({ url }) => url === name)) throw new Error(`vite/kept.ts: the build has no ${name}`);
	const files = await Promise.all(
		entries.map(async ({ url, size }): Promise<BuiltFile & { size: number }> => {
			const digest = await digestOf(await readFile(join(output, url)));
			return { path: addressOf(url), digest, size };
		}),
	);
	const digest = await buildDigest(files);
	await writeFile(join(output, 'client/build.txt'), `${digest}\n`);
	console.log(`Build ${digest}`);
	const sorted = files.sort((one, other) => (one.path < other.path ? -1 : 1));
	return { manifest: sorted.map(({ path, digest, size }) => ({ url: path, revision: digest, size })) };
}

/** `client/early.js` is `/early.js`, `prerendered/pages/settings.html` is `/settings`, and `…/index.html` is `/`. */
function addressOf(url: string): string {
	const path = url.replace(/^client\/|^prerendered\/(pages|dependencies)\//, '/');
	return path === '/index.html' ? '/' : path.replace(/\.html$/, '');
}
