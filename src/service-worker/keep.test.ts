import { beforeEach, describe, expect, it } from 'vitest';
import { buildDigest, digestOf, type BuiltFile } from './digest';
import { createKeeper } from './keep';

const page = '/settings';
const script = '/_app/immutable/a.js';
const encode = (text: string) => new TextEncoder().encode(text);

/** Caches as a browser keeps them, in the order in which they were made, and a server that says what it is told to. */
function surroundings() {
	const kept = new Map<string, Map<string, Response>>();
	const served = new Map<string, string>();
	const asked: string[] = [];
	const caches = {
		open: (name: string) => {
			const entries = kept.get(name) ?? new Map<string, Response>();
			kept.set(name, entries);
			return Promise.resolve({
				put: (path: string, response: Response) => Promise.resolve(void entries.set(path, response)),
			} as unknown as Cache);
		},
		match: (path: string, { cacheName }: { cacheName?: string } = {}) =>
			Promise.resolve(
				[...kept]
					.flatMap(([name, entries]) =>
						cacheName === undefined || name === cacheName ? (entries.get(path) ?? []) : [],
					)[0]
					?.clone(),
			),
		delete: (name: string) => Promise.resolve(kept.delete(name)),
	} as unknown as CacheStorage;
	const fetch = (path: string) => {
		asked.push(path);
		return Promise.resolve(new Response(served.get(path) ?? null, { status: served.has(path) ? 200 : 404 }));
	};
	const text = async (name: string, path: string) => kept.get(name)?.get(path)?.clone().text();
	return { kept, served, asked, text, ports: { caches, fetch } };
}

async function built(contents: Record<string, string>): Promise<BuiltFile[]> {
	return Promise.all(
		Object.entries(contents).map(async ([path, text]) => ({ path, digest: await digestOf(encode(text)) })),
	);
}

describe('what the service worker keeps', () => {
	let around: ReturnType<typeof surroundings>;
	let files: BuiltFile[];
	beforeEach(async () => {
		around = surroundings();
		files = await built({ [page]: 'the page', [script]: 'the script' });
		around.served.set(page, 'the page').set(script, 'the script');
	});
	const keeper = (cacheName = 'new') => createKeeper(around.ports, { cacheName, files });
	const poison = async (name: string, path: string, headers = {}) =>
		(await around.ports.caches.open(name)).put(path, new Response('poison', { headers }));

	it('is what was built, and is taken from the build before where it has not changed', async () => {
		await keeper('old').fill();
		around.asked.length = 0;
		await keeper().fill();
		expect(around.asked).toEqual([page]);
		expect(await around.text('new', script)).toBe('the script');
	});

	it('is never what somebody wrote into an older cache', async () => {
		await poison('old', script);
		await poison('old', page);
		await keeper().fill();
		expect(await around.text('new', page)).toBe('the page');
		expect(await around.text('new', script)).toBe('the script');
	});

	it('takes no headers over from an older cache', async () => {
		const cache = await around.ports.caches.open('old');
		await cache.put(script, new Response('the script', { headers: { Link: '</evil>; rel=preload' } }));
		await keeper().fill();
		const headers = around.kept.get('new')?.get(script)?.headers;
		expect(headers?.get('link')).toBeNull();
		expect(headers?.get('content-type')).toBe('text/javascript');
	});

	it('is nothing at all when the server sends something else than was built', async () => {
		await keeper('old').fill();
		around.served.set(page, 'a captive portal');
		await expect(keeper().fill()).rejects.toThrow('/settings: not what was built');
		expect([...around.kept.keys()]).toEqual(['old']);
	});

	it('is not answered with once it was altered', async () => {
		await keeper().fill();
		await poison('new', page);
		expect(await (await keeper().find(page)).text()).toBe('the page');
		expect(around.asked.filter((path) => path === page)).toHaveLength(2);
	});

	it('gives a page of an older build its files, and nobody an older page', async () => {
		await keeper().fill();
		await poison('old', '/_app/immutable/old.js');
		await poison('old', page);
		around.kept.get('new')?.delete(page);
		expect(await (await keeper().find('/_app/immutable/old.js')).text()).toBe('poison');
		expect(await (await keeper().find(page)).text()).toBe('the page');
	});

	it('is made last when a build comes back, so that the one before it is known', async () => {
		await keeper('first').fill();
		await keeper('second').fill();
		await keeper('first').fill();
		expect([...around.kept.keys()]).toEqual(['second', 'first']);
	});
});

describe("a build's digest", () => {
	it('is that of all its files, in whatever order they are listed', async () => {
		const files = await built({ '/': 'home', '/a.js': 'script' });
		const digest = await buildDigest(files);
		expect(digest).toMatch(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
		expect(await buildDigest([...files].reverse())).toBe(digest);
		expect(await buildDigest(await built({ '/': 'home', '/a.js': 'altered' }))).not.toBe(digest);
		expect(await buildDigest(await built({ '/': 'home', '/b.js': 'script' }))).not.toBe(digest);
	});
});
