/**
 * From a reload to being connected again with everyone of a call of three, against the least a browser can take for it under the same
 * load: an empty page that asks for the camera and connects two pairs of its own peers, with nothing between them. They take turns.
 */
import type { Browser } from '@playwright/test';
import { launchBrowser } from '../tests/e2e/support/browser';
import { createPerson, expectAllConnected, expectMoving, type Person } from '../tests/e2e/support/person';
import { startServerProcess, type ServerProcess } from '../tests/support/server-process';
import { percentile, rounded, type BenchResult } from './support/bench';

const names = ['Ada', 'Bob', 'Cleo'];
const link = '/room/reload#AAECAwQFBgcICQoLDA0ODw';

export async function bench({ runs = 10 }: { runs?: number }): Promise<BenchResult> {
	const server = await startServerProcess({ LOG_LEVEL: 'error' });
	const browser = await launchBrowser({ fps: 10 });
	try {
		const people = await meet(browser, server);
		const cleo = people.at(-1) as Person;
		await noteReturn(cleo);
		const back: number[] = [];
		const bare: number[] = [];
		for (let run = 0; run < runs; run += 1) {
			await cleo.page.reload();
			await expectAllConnected(people);
			back.push(await cleo.page.evaluate(() => window.parleyBenchBackAfterMs ?? Infinity));
			await expectMoving(cleo, 'Ada');
			bare.push(await connectBare(browser, server, names.length - 1));
		}
		const row = (what: string, values: number[]) => ({
			what,
			'median ms': rounded(percentile(values, 0.5), 0),
			'worst ms': rounded(Math.max(...values), 0),
		});
		return {
			rows: [row('reload, connected with all', back), row('bare page, the same pairs', bare)],
			ratios: [
				{
					what: 'back after a reload in a call of three, median, against a bare page that connects as many pairs',
					is: percentile(back, 0.5) / percentile(bare, 0.5),
					most: 2,
				},
			],
		};
	} finally {
		await browser.close();
		await server.dispose();
	}
}

declare global {
	interface Window {
		/** When all others were connected, in milliseconds since this page began to load. */
		parleyBenchBackAfterMs?: number;
	}
}

async function meet(browser: Browser, { origin }: ServerProcess): Promise<Person[]> {
	const people: Person[] = [];
	for (const name of names) {
		const context = await browser.newContext({ viewport: { width: 480, height: 360 } });
		const person = await createPerson(context, name);
		await person.enter(origin + link);
		people.push(person);
	}
	await expectAllConnected(people);
	return people;
}

async function noteReturn(person: Person): Promise<void> {
	await person.page.addInitScript((others) => {
		new MutationObserver((_, observer) => {
			if (document.querySelectorAll('li[data-connection="connected"]').length < others) return;
			window.parleyBenchBackAfterMs = performance.now();
			observer.disconnect();
		}).observe(document, { subtree: true, childList: true, attributeFilter: ['data-connection'] });
	}, names.length - 1);
}

/** Milliseconds since the page began to load. */
async function connectBare(browser: Browser, { origin }: ServerProcess, pairs: number): Promise<number> {
	const context = await browser.newContext();
	try {
		const page = await context.newPage();
		await page.goto(`${origin}/healthz`);
		return await page.evaluate(async (pairs) => {
			const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
			const connect = async () => {
				const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
				one.onicecandidate = ({ candidate }) => void other.addIceCandidate(candidate);
				other.onicecandidate = ({ candidate }) => void one.addIceCandidate(candidate);
				for (const peer of [one, other]) for (const track of stream.getTracks()) peer.addTrack(track, stream);
				const connected = [one, other].map(
					(peer) =>
						new Promise<void>((resolve) =>
							peer.addEventListener('connectionstatechange', () => {
								if (peer.connectionState === 'connected') resolve();
							}),
						),
				);
				await one.setLocalDescription();
				await other.setRemoteDescription(one.localDescription as RTCSessionDescription);
				await other.setLocalDescription();
				await one.setRemoteDescription(other.localDescription as RTCSessionDescription);
				await Promise.all(connected);
			};
			await Promise.all(Array.from({ length: pairs }, connect));
			return performance.now();
		}, pairs);
	} finally {
		await context.close();
	}
}
