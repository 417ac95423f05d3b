/**
 * From the click on Join to the other person's first picture, with 50 ms to the server and back. `BASELINE_BUILD` names the
 * `build/server/main.js` of another checkout: both are then measured in turn, so that whatever else the machine does meets both.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Browser } from '@playwright/test';
import { launchBrowser } from '../tests/e2e/support/browser';
import { createPerson } from '../tests/e2e/support/person';
import { startServerProcess, type ServerProcess } from '../tests/support/server-process';
import { percentile, rounded, type BenchResult } from './support/bench';

const oneWayMs = 25;
const link = '/room/first-frame#AAECAwQFBgcICQoLDA0ODw';
/** A picture that is not there by then will not come. */
const patienceMs = 15_000;

/** Bytes arrive as they were sent, each so much later. */
async function startSlowLink(target: { port: number }) {
	const sockets = new Set<Socket>();
	const pass = (from: Socket, to: Socket) => {
		from.on('data', (bytes) => setTimeout(() => to.writable && to.write(bytes), oneWayMs));
		from.on('close', () => setTimeout(() => to.destroy(), oneWayMs));
		from.on('error', () => to.destroy());
	};
	const server = createServer({ noDelay: true }, (client) => {
		const upstream = connect({ port: target.port, host: '127.0.0.1', noDelay: true });
		for (const socket of [client, upstream]) sockets.add(socket);
		pass(client, upstream);
		pass(upstream, client);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close() {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}

/** Milliseconds from the click of the second person to a picture of the first one. */
async function measure(browser: Browser, origin: string): Promise<number> {
	const [first, second] = [await browser.newContext(), await browser.newContext()];
	try {
		const ada = await createPerson(first, 'Ada');
		await ada.enter(origin + link);
		const bob = await createPerson(second, 'Bob');
		await bob.openRoom(origin + link);
		await bob.page.getByRole('textbox', { name: 'Your name' }).fill('Bob');
		// The offer has been gathered by then; people look at themselves for longer.
		await bob.page.waitForFunction(() =>
			window.parleyTestPeers?.some((peer) => peer.iceGatheringState === 'complete'),
		);
		return await bob.page.evaluate(
			(patienceMs) =>
				new Promise<number>((resolve, reject) => {
					const button = [...document.querySelectorAll('button')].find(
						({ textContent }) => textContent?.trim() === 'Join call',
					);
					const clickedAt = performance.now();
					button?.click();
					const look = () => {
						const waited = performance.now() - clickedAt;
						const video = document.querySelector<HTMLVideoElement>('li[aria-label="Ada"] video');
						const seen = (video?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 0;
						if (seen) resolve(waited);
						else if (waited > patienceMs) reject(new Error('no picture came'));
						else requestAnimationFrame(look);
					};
					look();
				}),
			patienceMs,
		);
	} finally {
		await first.close();
		await second.close();
	}
}

export async function bench({ runs = 10 }: { runs?: number }): Promise<BenchResult> {
	const baseline = process.env['BASELINE_BUILD'];
	const builds = [['this build', undefined], ...(baseline ? [['baseline', baseline] as const] : [])] as const;
	const servers: ServerProcess[] = [];
	const browser = await launchBrowser({ fps: 30 });
	try {
		const links = await Promise.all(
			builds.map(async ([name, main]) => {
				const server = await startServerProcess();
				servers.push(server);
				await server.start(main);
				return { name, slow: await startSlowLink(server), times: [] as number[] };
			}),
		);
		for (let run = 0; run < runs; run++) {
			for (const { slow, times } of links) times.push(await measure(browser, slow.origin));
		}
		for (const { slow } of links) slow.close();
		const median = (times: readonly number[]) => percentile(times, 0.5);
		const [ours, theirs] = links;
		return {
			rows: links.map(({ name, times }) => ({
				build: name,
				'median ms': rounded(median(times), 0),
				'fastest ms': rounded(Math.min(...times), 0),
				'slowest ms': rounded(Math.max(...times), 0),
				runs,
			})),
			ratios:
				ours && theirs
					? [
							{
								what: 'click to first frame, against the baseline',
								is: median(ours.times) / median(theirs.times),
								most: 1.05,
							},
						]
					: [],
		};
	} finally {
		await browser.close();
		for (const server of servers) await server.dispose();
	}
}
