/**
 * What a first visit fetches: the home page; a room up to its lobby, before anybody moves in it; and what has come on top of that once somebody is
 * inside. Counted as it crosses the wire to a browser that has nothing yet: contents compressed, and separately the headers of the answers, which
 * other clients' figures leave out. (Over HTTP/2, as behind most proxies, headers that repeat cost next to nothing.)
 */
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { launchBrowser } from '../tests/e2e/support/browser';
import { createPerson } from '../tests/e2e/support/person';
import { startServerProcess } from '../tests/support/server-process';
import { delay, rounded, type BenchResult } from './support/bench';

/** Bytes in a kilobyte, as other clients' figures below count them. */
const kilobyte = 1_000;
/** Nothing has arrived for so long: what comes by itself has come. */
const quietMs = 1_500;
const most = { roomScripts: 85, home: 60 };

/** JavaScript of comparable clients' call pages, compressed: quoted from this project's targets, measured for those by others or in a laboratory. */
const others = [
	{ client: 'Galène (and libraries beside)', kB: 38 },
	{ client: 'Briefing', kB: 153 },
	{ client: 'LiveKit Meet', kB: 343 },
	{ client: 'MiroTalk', kB: 610 },
	{ client: 'Element Call', kB: 936 },
];

type Kind = 'JavaScript' | 'styles' | 'page' | 'other';
/** Bytes, by kind of content. */
type Fetched = Record<Kind | 'headers', number> & { requests: number };

const nothing = (): Fetched => ({ JavaScript: 0, styles: 0, page: 0, other: 0, headers: 0, requests: 0 });
const contents = (fetched: Fetched) => fetched.JavaScript + fetched.styles + fetched.page + fetched.other;

function kindOf(mimeType: string): Kind {
	if (mimeType.includes('javascript')) return 'JavaScript';
	if (mimeType === 'text/css') return 'styles';
	return mimeType === 'text/html' ? 'page' : 'other';
}

async function quiet(heardAt: () => number): Promise<void> {
	do await delay(quietMs);
	while (Date.now() - heardAt() < quietMs);
}

interface Meter {
	/** What has been fetched since it was last asked, once no more comes. */
	read(): Promise<Fetched>;
}

async function meter(page: Page): Promise<Meter> {
	const session: CDPSession = await page.context().newCDPSession(page);
	const answers = new Map<string, { kind: Kind; headers: number }>();
	let fetched = nothing();
	let heardAt = Date.now();
	session.on('Network.responseReceived', ({ requestId, response }) => {
		answers.set(requestId, { kind: kindOf(response.mimeType), headers: response.encodedDataLength });
		heardAt = Date.now();
	});
	session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
		heardAt = Date.now();
		// What the browser held already, such as a script it had been told to preload, crosses no wire.
		if (encodedDataLength === 0) return;
		const { kind, headers } = answers.get(requestId) ?? { kind: 'other', headers: 0 };
		fetched[kind] += encodedDataLength - headers;
		fetched.headers += headers;
		fetched.requests++;
	});
	await session.send('Network.enable');
	return {
		async read() {
			await quiet(() => heardAt);
			const read = fetched;
			fetched = nothing();
			return read;
		},
	};
}

/** What the service worker fetches, behind the page's back, for the day without a network. */
async function readPrecache(browser: Browser, url: string): Promise<Fetched> {
	const context = await browser.newContext();
	const sizes: Promise<{ kind: Kind; headers: number; bytes: number }>[] = [];
	let heardAt = Date.now();
	context.on('requestfinished', (request) => {
		if (!request.serviceWorker()) return;
		heardAt = Date.now();
		const measure = async () => {
			const [response, { responseHeadersSize, responseBodySize }] = await Promise.all([
				request.response(),
				request.sizes(),
			]);
			const kind = kindOf(response?.headers()['content-type']?.split(';')[0] ?? '');
			return { kind, headers: responseHeadersSize, bytes: responseBodySize };
		};
		sizes.push(measure());
	});
	const page = await context.newPage();
	await page.goto(url);
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await quiet(() => heardAt);
	const fetched = nothing();
	for (const { kind, headers, bytes } of await Promise.all(sizes)) {
		fetched[kind] += bytes;
		fetched.headers += headers;
		fetched.requests++;
	}
	await context.close();
	return fetched;
}

/** A profile without anything in it, and without a service worker that would answer for the server. */
async function freshly<T>(browser: Browser, measure: (context: BrowserContext) => Promise<T>): Promise<T> {
	const context = await browser.newContext({
		viewport: { width: 1280, height: 800 },
		serviceWorkers: 'block',
	});
	try {
		return await measure(context);
	} finally {
		await context.close();
	}
}

export async function bench(): Promise<BenchResult> {
	const server = await startServerProcess({ LOG_LEVEL: 'error' });
	const browser = await launchBrowser();
	try {
		const home = await freshly(browser, async (context) => {
			const page = await context.newPage();
			const wire = await meter(page);
			await page.goto(server.origin);
			return wire.read();
		});
		const room = await freshly(browser, async (context) => {
			const person = await createPerson(context, 'Ada');
			const wire = await meter(person.page);
			await person.openRoom(`${server.origin}/room/measured#AAAAAAAAAAAAAAAAAAAAAA`);
			const lobby = await wire.read();
			await person.join();
			return { lobby, inside: await wire.read() };
		});
		const precache = await readPrecache(browser, server.origin);

		const row = (what: string, fetched: Fetched) => ({
			'a first visit to': what,
			'JavaScript kB': rounded(fetched.JavaScript / kilobyte, 1),
			'styles kB': rounded(fetched.styles / kilobyte, 1),
			'page kB': rounded(fetched.page / kilobyte, 1),
			'other kB': rounded(fetched.other / kilobyte, 1),
			'contents kB': rounded(contents(fetched) / kilobyte, 1),
			requests: fetched.requests,
			'headers kB': rounded(fetched.headers / kilobyte, 1),
		});
		return {
			rows: [
				row('home', home),
				row('a room, up to its lobby', room.lobby),
				row('the same, fetched once inside', room.inside),
				row('any page, kept by the service worker in the background', precache),
				...others.map(({ client, kB }) => ({
					'a first visit to': `${client}, quoted`,
					'JavaScript kB': kB,
				})),
			],
			ratios: [
				{
					what: `JavaScript of a room up to its lobby, against ${most.roomScripts} kB`,
					is: room.lobby.JavaScript / kilobyte / most.roomScripts,
					most: 1,
				},
				{
					what: `all of the home page, against ${most.home} kB`,
					is: contents(home) / kilobyte / most.home,
					most: 1,
				},
			],
		};
	} finally {
		await browser.close();
		await server.dispose();
	}
}
