/**
 * The faults of `docs/RELIABILITY.md`, each made for real in a call and timed: tests hold the times to bounds that a busy machine
 * can keep, `npm run bench -- faults` measures them.
 */
import { launchBrowser } from './browser';
import { watchFrames } from './frames';
import type { LabCall } from './lab-call';
import { createPerson, type Person } from './person';
import type { RelayCall } from './relay-call';

/** No fault is waited for longer than this. */
const patienceMs = 30_000;

export const pause = (durationMs: number) => new Promise((resolve) => setTimeout(resolve, durationMs));

/** From the fault's end until frames flow again both ways, in milliseconds. */
async function backBothWays([ada, bob]: readonly Person[], fault: () => Promise<number>): Promise<number> {
	if (!ada || !bob) throw new Error('it takes two');
	const watches = [await watchFrames(ada, bob.name), await watchFrames(bob, ada.name)];
	const endedAt = await fault();
	return Math.max(...(await Promise.all(watches.map((watch) => watch.backAfterMs(endedAt, patienceMs)))));
}

/** One of two gets another interface, address and route, and loses the ones before. */
export function switchNetwork({ dwellers }: LabCall, mover: number): Promise<number> {
	return backBothWays(
		dwellers.map(({ person }) => person),
		() => {
			const switchedAt = Date.now();
			dwellers[mover]?.place.switchNetwork();
			return Promise.resolve(switchedAt);
		},
	);
}

/** Nothing passes for so long, in either direction; signaling is left alone. */
export function blackOut({ people, proxy }: RelayCall, durationMs: number): Promise<number> {
	return backBothWays(people, async () => {
		proxy.setDark(true);
		await pause(durationMs);
		proxy.setDark(false);
		return Date.now();
	});
}

/** This share of the packets between the two is lost, for so long. */
export function loseHeavily(
	{ people, proxy }: RelayCall,
	lossRate: number,
	durationMs: number,
): Promise<number> {
	return backBothWays(people, async () => {
		proxy.setWeather({ lossRate: perCrossing(lossRate) });
		await pause(durationMs);
		proxy.setWeather({ lossRate: 0 });
		return Date.now();
	});
}

/** On the way from one to the other a packet crosses the proxy twice. */
export const perCrossing = (lossRate: number) => 1 - Math.sqrt(1 - lossRate);

export interface Restart {
	/** The longest time without a frame anywhere, from before the server's death until all is whole again. */
	longestGapMs: number;
	/** From the server's return until everybody sees everything as it was, and a change made then. */
	wholeAfterMs: number;
}

/** Kills the server, starts it again after so long, and waits until all is whole. `meanwhile` is done while it is down. */
export async function killServer(
	server: { stop(signal: 'SIGKILL'): Promise<unknown>; start(): Promise<void> },
	people: Person[],
	downMs: number,
	meanwhile: () => Promise<void>,
	isWhole: () => Promise<boolean>,
): Promise<Restart> {
	const watches = await Promise.all(
		people.flatMap((person) =>
			people.filter((other) => other !== person).map((other) => watchFrames(person, other.name)),
		),
	);
	await server.stop('SIGKILL');
	await Promise.all([pause(downMs), meanwhile()]);
	await server.start();
	const returnedAt = Date.now();
	while (!(await isWhole())) {
		if (Date.now() - returnedAt > patienceMs) return { longestGapMs: Infinity, wholeAfterMs: Infinity };
		await pause(50);
	}
	const wholeAfterMs = Date.now() - returnedAt;
	const gaps = await Promise.all(watches.map((watch) => watch.longestGapMs()));
	return { longestGapMs: Math.max(...gaps), wholeAfterMs };
}

/** Somebody in a browser of their own, whose page then crashes; how long until nobody shows them any more. */
export async function crash(link: string, others: Person[]): Promise<number> {
	const browser = await launchBrowser({ fps: 10 });
	try {
		const context = await browser.newContext({ viewport: { width: 480, height: 360 } });
		const doomed = await createPerson(context, 'Doomed');
		await doomed.enter(link);
		for (const other of others) await other.tile('Doomed').first().waitFor();
		const session = await context.newCDPSession(doomed.page);
		const crashedAt = Date.now();
		// The command can't be answered by a page that is gone.
		void session.send('Page.crash').catch(() => {});
		await Promise.all(
			others.map((other) => other.tile('Doomed').first().waitFor({ state: 'detached', timeout: patienceMs })),
		);
		return Date.now() - crashedAt;
	} finally {
		await browser.close();
	}
}
