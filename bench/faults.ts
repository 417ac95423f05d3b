/**
 * How long each fault of `docs/RELIABILITY.md` takes to mend, made for real in real calls, the median of several. Writes the table in that
 * document, so that it can't drift.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { startServerProcess } from '../tests/support/server-process';
import { launchBrowser } from '../tests/e2e/support/browser';
import {
	blackOut,
	crash,
	killServer,
	loseHeavily,
	pause,
	perCrossing,
	switchNetwork,
} from '../tests/e2e/support/faults';
import { startLabCall } from '../tests/e2e/support/lab-call';
import { createPerson, expectAllConnected, expectMoving, type Person } from '../tests/e2e/support/person';
import { prepareRelayCall, type RelayCallOptions } from '../tests/e2e/support/relay-call';
import { percentile, type BenchResult } from './support/bench';

interface Fault {
	name: string;
	/** What is promised of the median, in milliseconds. */
	medianMost: number;
	worstMost?: number;
	measure(runs: number): Promise<number[]>;
}

const document = 'docs/RELIABILITY.md';
const marks = { begin: '<!-- measured: begin -->', end: '<!-- measured: end -->' };
const blackoutMs = 10_000;
/** Between two faults in one call: estimates and timers of the last one are over. */
const restMs = 6_000;

async function repeatIn<Call extends { close(): Promise<void> }>(
	start: () => Promise<Call>,
	runs: number,
	measure: (call: Call, run: number) => Promise<number>,
): Promise<number[]> {
	const call = await start();
	try {
		const times: number[] = [];
		for (let run = 0; run < runs; run++) {
			times.push(await measure(call, run));
			await pause(restMs);
		}
		return times;
	} finally {
		await call.close();
	}
}

async function relayCall(options?: RelayCallOptions) {
	const call = await prepareRelayCall(['Ada', 'Bob'], options);
	try {
		await call.enter();
		await seeEachOther(call.people);
		return call;
	} catch (error) {
		await call.close();
		throw error;
	}
}

async function seeEachOther(people: Person[]): Promise<void> {
	await expectAllConnected(people);
	for (const person of people) {
		for (const other of people) if (other !== person) await expectMoving(person, other.name);
	}
}

/** A call of so many on a server of its own, all in one browser. */
async function directCall(names: string[]) {
	const server = await startServerProcess();
	const browser = await launchBrowser({ fps: 10 });
	const close = async () => {
		await browser.close();
		await server.dispose();
	};
	try {
		const link = `${server.origin}/room/measured#AAAAAAAAAAAAAAAAAAAAAA`;
		const people: Person[] = [];
		for (const name of names) {
			const context = await browser.newContext({ viewport: { width: 480, height: 360 } });
			const person = await createPerson(context, name);
			await person.enter(link);
			people.push(person);
		}
		await seeEachOther(people);
		return { server, link, people, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** What a page does that waits for its browser to mend things. */
function doNothing(): void {
	RTCPeerConnection.prototype.restartIce = () => {};
}

function measureRestarts(runs: number): Promise<{ gaps: number[]; whole: number[] }> {
	const gaps: number[] = [];
	return repeatIn(
		() => directCall(['Ada', 'Bob', 'Cleo']),
		runs,
		async ({ server, people }, run) => {
			const [, bob, ...others] = people as [Person, Person, ...Person[]];
			const isUp = run % 2 === 0;
			// What he does meanwhile reaches everyone once the server is back.
			const raise = () => bob.control('Raise hand').click();
			const { longestGapMs, wholeAfterMs } = await killServer(server, people, 5_000, raise, async () => {
				const shown = others.map((other) => other.tile('Bob').getByText('Hand raised').isVisible());
				return (await Promise.all(shown)).every((visible) => visible === isUp);
			});
			gaps.push(longestGapMs);
			return wholeAfterMs;
		},
	).then((whole) => ({ gaps, whole }));
}

/** From the click to a picture that moves, both ways. */
async function timeOfJoining(): Promise<number> {
	const call = await prepareRelayCall(['Ada', 'Bob'], {
		weather: { delayMs: 50, lossRate: perCrossing(0.1) },
	});
	try {
		const [ada, bob] = call.people as [Person, Person];
		const link = `${call.server.origin}/room/measured#AAAAAAAAAAAAAAAAAAAAAA`;
		await ada.enter(link);
		await bob.openRoom(link);
		const joinedAt = Date.now();
		await bob.join();
		await seeEachOther(call.people);
		return Date.now() - joinedAt;
	} finally {
		await call.close();
	}
}

/** A promise made once and looked at twice: one fault gives two figures. */
function once<T>(make: (runs: number) => Promise<T>): (runs: number) => Promise<T> {
	let made: Promise<T> | null = null;
	return (runs) => (made ??= make(runs));
}

const restarts = once(measureRestarts);

const faults: Fault[] = [
	{
		name: 'another address and route: until frames flow both ways',
		medianMost: 1_500,
		worstMost: 3_000,
		measure: (runs) =>
			repeatIn(
				() => startLabCall(['Ada', 'Bob']),
				runs,
				(call, run) => switchNetwork(call, run % 2),
			),
	},
	{
		name: 'blackout of 10 s: from its end until frames flow both ways',
		medianMost: 500,
		measure: (runs) =>
			repeatIn(
				() => relayCall(),
				runs,
				(call) => blackOut(call, blackoutMs),
			),
	},
	{
		name: 'the same, doing nothing',
		medianMost: Infinity,
		measure: (runs) =>
			repeatIn(
				() => relayCall({ script: doNothing }),
				runs,
				(call) => blackOut(call, blackoutMs),
			),
	},
	{
		name: '50 % loss for 10 s: from its end until frames flow both ways',
		medianMost: 3_000,
		measure: (runs) =>
			repeatIn(
				() => relayCall(),
				runs,
				(call) => loseHeavily(call, 0.5, 10_000),
			),
	},
	{
		name: '10 % loss and 200 ms round trip: from the click until both see each other move',
		medianMost: 10_000,
		async measure(runs) {
			const times: number[] = [];
			for (let run = 0; run < runs; run++) times.push(await timeOfJoining());
			return times;
		},
	},
	{
		name: 'server killed for 5 s, call of three: longest time without a frame',
		medianMost: 500,
		measure: async (runs) => (await restarts(runs)).gaps,
	},
	{
		name: 'the same: from its return until all is whole again',
		medianMost: 3_000,
		measure: async (runs) => (await restarts(runs)).whole,
	},
	{
		name: 'tab crashed: until nobody shows it',
		medianMost: 10_000,
		worstMost: 10_000,
		measure: (runs) =>
			repeatIn(
				() => directCall(['Ada', 'Bob']),
				runs,
				({ link, people }) => crash(link, people),
			),
	},
];

export async function bench({ runs = 10 }: { runs?: number } = {}): Promise<BenchResult> {
	const rows: BenchResult['rows'] = [];
	const ratios: BenchResult['ratios'] = [];
	const medians = new Map<string, number>();
	for (const { name, medianMost, worstMost, measure } of faults) {
		const times = await measure(runs);
		const median = percentile(times, 0.5);
		const worst = Math.max(...times);
		medians.set(name, median);
		const target = Number.isFinite(medianMost) ? `${medianMost}` : '';
		rows.push({
			fault: name,
			'median, ms': Math.round(median),
			'best, ms': Math.round(Math.min(...times)),
			'worst, ms': Math.round(worst),
			'wanted of the median, ms': target,
			runs: times.length,
		});
		console.log(`  ${name}: ${times.map(Math.round).join(', ')} ms`);
		if (target) ratios.push({ what: `${name}, median against the bound`, is: median / medianMost, most: 1 });
		if (worstMost) ratios.push({ what: `${name}, worst against the bound`, is: worst / worstMost, most: 1 });
	}
	const [, mended, unmended] = faults.map(({ name }) => medians.get(name) ?? NaN);
	ratios.push({
		what: 'blackout, against doing nothing',
		is: (mended ?? NaN) / (unmended ?? NaN),
		most: 0.15,
	});
	await writeTable(rows);
	return { rows, ratios };
}

async function writeTable(rows: BenchResult['rows']): Promise<void> {
	const columns = Object.keys(rows[0] ?? {});
	const line = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;
	const table = [
		line(columns),
		line(columns.map((_, index) => (index === 0 ? '---' : '--:'))),
		...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
	].join('\n');
	const text = readFileSync(document, 'utf8');
	const before = text.slice(0, text.indexOf(marks.begin) + marks.begin.length);
	const after = text.slice(text.indexOf(marks.end));
	const next = `${before}\n\n${table}\n\n${after}`;
	writeFileSync(document, await format(next, { ...(await resolveConfig(document)), filepath: document }));
}
