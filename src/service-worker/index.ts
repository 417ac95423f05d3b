/**
 * The service worker: keeps the pages and files of one build, so that the app opens at once and with no network, and makes
 * way for the next build when a person says so. Knows nothing of calls. `answer.ts` decides, this acts.
 */
import { version } from '$service-worker';
import { answerFor, isImmutable, outdated, type Kept } from './answer';
import { sharedAddress } from './share';

declare const self: ServiceWorkerGlobalScope & {
	/** Put in while building. */
	__WB_MANIFEST: { url: string }[];
};

const prefix = 'parley-';
/** Versions are times of building, so the newer name sorts later. */
const cacheName = prefix + version;
const paths = new Set(self.__WB_MANIFEST.map(({ url }) => new URL(url, self.location.origin).pathname));
const kept: Kept = { origin: self.location.origin, paths, roomPage: '/room/any-room' };

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
	const { method, mode, url } = event.request;
	const answer = answerFor({ method, mode, url: new URL(url) }, kept);
	if (answer === null) return;
	if ('path' in answer) event.respondWith(find(answer.path));
	else if ('address' in answer) event.respondWith(Response.redirect(answer.address, 308));
	else event.respondWith(leadOn(event.request));
});
self.addEventListener('message', ({ data }) => {
	if ((data as { type?: unknown } | null)?.type === 'take-over') void self.skipWaiting();
});

async function leadOn(request: Request): Promise<Response> {
	const form = await request.formData().catch(() => new FormData());
	return Response.redirect(sharedAddress(form, self.location.origin), 303);
}

/** All or nothing: a build of which a file is missing is not installed, and the one before stays. */
async function fill(): Promise<void> {
	const cache = await caches.open(cacheName);
	try {
		await Promise.all([...paths].map(async (path) => cache.put(path, await obtain(path))));
	} catch (cause) {
		await caches.delete(cacheName);
		throw cause;
	}
}

/** What has not changed since the last build is not fetched again. */
async function obtain(path: string): Promise<Response> {
	const old = isImmutable(path) ? await caches.match(path, { ignoreVary: true }) : undefined;
	const response = old ?? (await fetch(path, { cache: 'reload' }));
	if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
	return response;
}

async function takeOver(): Promise<void> {
	const names = outdated(await caches.keys(), cacheName, prefix);
	await Promise.all(names.map((name) => caches.delete(name)));
	await self.clients.claim();
}

/** From this build, else from the one before, else from the server: the caches may have been cleared under us. */
async function find(path: string): Promise<Response> {
	// Opening a cache would make it anew, after somebody has had all that is kept deleted.
	const own = await caches.match(path, { cacheName, ignoreVary: true });
	return own ?? (await caches.match(path, { ignoreVary: true })) ?? fetch(path);
}
