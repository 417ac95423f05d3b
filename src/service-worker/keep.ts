/**
 * Keeps the pages and files of one build, each only if its content has the digest taken by the build: a page that was altered once, on its way or
 * in a cache, is not carried into the next build. Answers from what is kept. `index.ts` supplies the browser's functions.
 */
import { isImmutable } from './answer';
import { digestOf, type BuiltFile } from './digest';

export interface Ports {
	caches: Pick<CacheStorage, 'open' | 'match' | 'delete'>;
	fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

export interface Keeper {
	/** All or nothing: if a file is missing or altered, the build is not installed, and the one before stays. */
	fill(): Promise<void>;
	find(path: string): Promise<Response>;
}

export function createKeeper(
	{ caches, fetch }: Ports,
	{ cacheName, files }: { cacheName: string; files: readonly BuiltFile[] },
): Keeper {
	const digests = new Map(files.map(({ path, digest }) => [path, digest]));
	/** Paths found to be as built since this worker started. */
	const checked = new Set<string>();

	async function obtain({ path, digest }: BuiltFile): Promise<Response> {
		const old = isImmutable(path) ? await caches.match(path, { ignoreVary: true }) : undefined;
		const content = await old?.arrayBuffer();
		// Headers can be altered as well, and have no digest. So only the content of what was kept before is reused.
		if (content && (await digestOf(content)) === digest) return withType(path, content);
		const response = await fetch(path, { cache: 'reload' });
		if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
		if (!(await isAsBuilt(response, digest))) throw new Error(`${path}: not what was built`);
		return response;
	}

	return {
		async fill() {
			const responses = await Promise.all(
				files.map(async (file) => [file.path, await obtain(file)] as const),
			);
			// Created again, so that the order in which caches were created says which build came last, even after going back to an older one.
			await caches.delete(cacheName);
			const cache = await caches.open(cacheName);
			try {
				await Promise.all(responses.map(([path, response]) => cache.put(path, response)));
			} catch (cause) {
				await caches.delete(cacheName);
				throw cause;
			}
		},
		async find(path) {
			const digest = digests.get(path);
			// Uses `caches.match`, because opening a cache would create it again after somebody has had everything deleted.
			if (digest === undefined) {
				// It may belong to a page of another build, which is older than this worker.
				return (
					(isImmutable(path) ? await caches.match(path, { ignoreVary: true }) : undefined) ?? fetch(path)
				);
			}
			const own = await caches.match(path, { cacheName, ignoreVary: true });
			if (own && (checked.has(path) || (await isAsBuilt(own, digest)))) {
				checked.add(path);
				return own;
			}
			// The caches may have been cleared meanwhile, or somebody else may have written into them.
			return fetch(path);
		},
	};
}

/** Reads a copy, so that the response can still be read. */
async function isAsBuilt(response: Response, digest: string): Promise<boolean> {
	return (await digestOf(await response.clone().arrayBuffer())) === digest;
}

function withType(path: string, content: ArrayBuffer): Response {
	const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
	return new Response(content, { headers: { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' } });
}
