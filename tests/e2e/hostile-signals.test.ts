/** A page that floods another with signals, within what the server takes of it: the others stay connected, and nobody is cut but for their own doing. */
import type { Page } from '@playwright/test';
import { acceptableDescription } from '../../src/lib/call/mesh/remote-description';
import { expect, test } from './support/fixtures';
import { expectAllConnected, expectMoving, meet, type Person } from './support/person';

test.use({ media: { fps: 10 } });

const small = { viewport: { width: 480, height: 360 } };

interface Flooder extends Window {
	/** The page's own offers as they went out, and how to say something more over the same connection. */
	testOffers?: string[];
	testSend?: (frame: string) => void;
	/** With what codes this page's connections to the server have ended. */
	testCloseCodes?: number[];
}

/** What a server cuts with: [L3], [L4] and [L7]. A page whose machine is busy may well end a connection by itself, and open another. */
const cutCodes = [1008, 1009];

test('repeated offers and rising epochs cut nobody, exhaust nobody and keep no newcomer out', async ({
	newPerson,
	roomLink,
}) => {
	test.setTimeout(180_000);
	const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
	const mallory = await newPerson('Mallory', small);
	await recordOffers(mallory.page);
	const failures = await Promise.all([ada, bob].map(({ page }) => watchFailures(page)));
	await meet([ada, bob, mallory], roomLink);
	await expectAllConnected([ada, bob, mallory]);

	await flood(mallory);
	await expectMoving(ada, 'Bob');
	await expectMoving(bob, 'Ada');
	const dan = await newPerson('Dan', small);
	await dan.enter(roomLink);
	await expectAllConnected([ada, bob, dan]);

	expect(failures).toEqual([[], []]);
	for (const person of [ada, bob]) {
		const codes = await person.page.evaluate(() => (window as Flooder).testCloseCodes ?? []);
		expect(codes.filter((code) => cutCodes.includes(code))).toEqual([]);
		expect(await peersMade(person)).toBeLessThan(25);
	}
});

test('[N16] what a browser describes of our layout is what is let through', async ({
	newPerson,
	roomLink,
}) => {
	const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	for (const { page } of [ada, bob]) {
		const sdp = await page.evaluate(() => window.parleyTestPeers?.at(-1)?.localDescription?.sdp ?? '');
		expect(acceptableDescription(sdp)).toBe(sdp);
	}
});

async function recordOffers(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const { prototype } = WebSocket;
		const send = prototype.send;
		const here = window as Flooder;
		here.testOffers = [];
		prototype.send = function (this: WebSocket, data: string) {
			here.testSend = (frame) => send.call(this, frame);
			if (data.includes('"room.signal"') && data.includes('"type":"offer"')) here.testOffers?.push(data);
			send.call(this, data);
		};
	});
}

/** Its own last offer to each, fifty times, and candidates of 900 epochs. */
async function flood({ page }: Person): Promise<void> {
	await page.evaluate(() => {
		for (const peer of window.parleyTestPeers ?? []) if (peer.signalingState !== 'closed') peer.restartIce();
	});
	await expect
		.poll(() => page.evaluate(() => (window as Flooder).testOffers?.length ?? 0))
		.toBeGreaterThanOrEqual(2);
	await page.evaluate(() => {
		interface Frame {
			id: number;
			params: { input: { to: string; incarnation: string; signal: object } };
		}
		const { testOffers = [], testSend } = window as Flooder;
		const offers = testOffers.slice(-2).map((text) => JSON.parse(text) as Frame);
		let id = 1_000_000;
		for (let count = 0; count < 50; count += 1) {
			for (const offer of offers) testSend?.(JSON.stringify({ ...offer, id: id++ }));
		}
		const line = { candidate: 'candidate:1 1 udp 1 192.0.2.7 9 typ host', sdpMid: '0', sdpMLineIndex: 0 };
		for (let epoch = 1; epoch <= 800; epoch += 1) {
			const offer = offers[epoch % offers.length] as Frame;
			const signal = { kind: 'candidate', epoch, ...line, usernameFragment: null };
			const input = { ...offer.params.input, signal };
			testSend?.(JSON.stringify({ ...offer, id: id++, params: { ...offer.params, input } }));
		}
	});
}

/** Errors nobody caught; and from here on the page notes how its connections end. */
async function watchFailures(page: Page): Promise<string[]> {
	const failures: string[] = [];
	page.on('pageerror', ({ message }) => failures.push(message));
	await page.addInitScript(() => {
		const codes: number[] = [];
		(window as Flooder).testCloseCodes = codes;
		const Native = window.WebSocket;
		window.WebSocket = class extends Native {
			constructor(url: string | URL, protocols?: string | string[]) {
				super(url, protocols);
				this.addEventListener('close', ({ code }) => codes.push(code));
			}
		};
	});
	return failures;
}

function peersMade(person: Person): Promise<number> {
	return person.page.evaluate(() => window.parleyTestPeers?.length ?? 0);
}
