/**
 * The service worker. Keeps the pages and files of one build, so that the app opens at once and without a network, and makes way for the next
 * build when a person says so. Knows nothing of calls. `answer.ts` and `keep.ts` decide; this file listens.
 */
import { version } from '$service-worker';
import { answerFor, outdated, type Kept } from './answer';
import { buildDigest } from './digest';
import { createKeeper } from './keep';
import { sharedAddress } from './share';

declare const self: ServiceWorkerGlobalScope & {
	/** Inserted by the build (`vite/kept.ts`). */
	__WB_MANIFEST: { url: string; revision: string }[];
};

const prefix = 'parley-';
const cacheName = prefix + version;
const files = self.__WB_MANIFEST.map(({ url, revision }) => ({ path: url, digest: revision }));
const paths = new Set(files.map(({ path }) => path));
const kept: Kept = { origin: self.location.origin, paths, roomPage: '/room/any-room' };
const keeper = createKeeper({ caches, fetch: (path, init) => fetch(path, init) }, { cacheName, files });

self.addEventListener('install', (event) => event.waitUntil(keeper.fill()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
	const { method, mode, url } = event.request;
	const answer = answerFor({ method, mode, url: new URL(url) }, kept);
	if (answer === null) return;
	if ('path' in answer) event.respondWith(keeper.find(answer.path));
	else if ('address' in answer) event.respondWith(Response.redirect(answer.address, 308));
	else event.respondWith(leadOn(event.request));
});
self.addEventListener('message', (event) => {
	const type = (event.data as { type?: unknown } | null)?.type;
	if (type === 'take-over') void self.skipWaiting();
	if (type === 'which-build') event.waitUntil(tellBuild(event.ports[0]));
});

async function leadOn(request: Request): Promise<Response> {
	const form = await request.formData().catch(() => new FormData());
	return Response.redirect(sharedAddress(form, self.location.origin), 303);
}

async function tellBuild(port: MessagePort | undefined): Promise<void> {
	port?.postMessage(await buildDigest(files));
}

async function takeOver(): Promise<void> {
	const names = outdated(await caches.keys(), cacheName, prefix);
	await Promise.all(names.map((name) => caches.delete(name)));
	await self.clients.claim();
}
