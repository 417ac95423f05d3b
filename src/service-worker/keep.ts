/**
 * Keeps the pages and files of one build, each only when its content has the digest that was taken while building: a page that was altered once, on
 * its way or in a cache, is not carried into the next build. Answers from what is kept. `index.ts` hands in the browser.
 */
import { isImmutable } from './answer';
import { digestOf, type BuiltFile } from './digest';

export interface Ports {
	caches: Pick<CacheStorage, 'open' | 'match' | 'delete'>;
	fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

export interface Keeper {
	/** All or nothing: a build of which a file is missing or altered is not installed, and the one before stays. */
	fill(): Promise<void>;
	find(path: string): Promise<Response>;
}

export function createKeeper(
	{ caches, fetch }: Ports,
	{ cacheName, files }: { cacheName: string; files: readonly BuiltFile[] },
): Keeper {
	const digests = new Map(files.map(({ path, digest }) => [path, digest]));
	/** Found to be as built since this worker started. */
	const checked = new Set<string>();

	async function obtain({ path, digest }: BuiltFile): Promise<Response> {
		const old = isImmutable(path) ? await caches.match(path, { ignoreVary: true }) : undefined;
		const content = await old?.arrayBuffer();
		// Headers can be altered as well, and have no digest: of what was kept before, the content alone is taken over.
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
			// Made anew, so that the order in which caches were made tells which build came last, also after a step back.
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
			// Opening a cache would make it anew, after somebody has had all that is kept deleted.
			if (digest === undefined) {
				// Of a page from another build, which is older than we are.
				return (
					(isImmutable(path) ? await caches.match(path, { ignoreVary: true }) : undefined) ?? fetch(path)
				);
			}
			const own = await caches.match(path, { cacheName, ignoreVary: true });
			if (own && (checked.has(path) || (await isAsBuilt(own, digest)))) {
				checked.add(path);
				return own;
			}
			// The caches may have been cleared under us, or written into by somebody else.
			return fetch(path);
		},
	};
}

/** Leaves the response to be read. */
async function isAsBuilt(response: Response, digest: string): Promise<boolean> {
	return (await digestOf(await response.clone().arrayBuffer())) === digest;
}

function withType(path: string, content: ArrayBuffer): Response {
	const type = path.endsWith('.css') ? 'text/css' : 'text/javascript';
	return new Response(content, { headers: { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' } });
}
