/**
 * What a call of four costs its machines, with pictures sent as they are shown and without: the same call twice, in one browser, the second
 * time with every sender left as the browser makes it (full size to everyone).
 */
import { readFileSync, readdirSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { startServerProcess } from '../tests/support/server-process';
import { launchBrowser } from '../tests/e2e/support/browser';
import { createPerson, expectAllConnected, expectMoving, type Person } from '../tests/e2e/support/person';
import { delay, rounded, type BenchResult } from './support/bench';

const names = ['Ada', 'Bob', 'Cleo', 'Dan'];
/** Few enough that two cores keep up with twelve encoders at full size, so that none drops what it is measured by. */
const cameraFramesPerSecond = 5;
/** Estimates of the paths have grown when no picture has for so long, or after the most that is waited; then is measured. */
const settle = { stillForMs: 20_000, mostMs: 120_000 };
const measureMs = 20_000;

interface Cost {
	encoderSeconds: number;
	cpuSeconds: number;
	megabytesSent: number;
	framesEncoded: number;
	/** Of the pictures sent, the mean. */
	width: number;
}

/** Leaves all senders as they are made. */
function withoutAdaptation(): void {
	RTCRtpSender.prototype.setParameters = () => Promise.resolve();
}

async function readSenders({ page }: Person) {
	return page.evaluate(async () => {
		const sum = { encoderSeconds: 0, bytes: 0, framesEncoded: 0, width: 0, senders: 0 };
		type Stat = RTCStats & Record<string, number> & { kind?: string };
		for (const peer of window.parleyTestPeers ?? []) {
			(await peer.getStats()).forEach((stat: Stat) => {
				if (stat.type !== 'outbound-rtp' || stat.kind !== 'video' || !stat['framesEncoded']) return;
				sum.encoderSeconds += stat['totalEncodeTime'] ?? 0;
				sum.bytes += stat['bytesSent'] ?? 0;
				sum.framesEncoded += stat['framesEncoded'];
				sum.width += stat['frameWidth'] ?? 0;
				sum.senders += 1;
			});
		}
		return sum;
	});
}

/** While they grow, "full size" is not yet what it says. */
async function waitUntilGrown(people: Person[]): Promise<void> {
	const width = async () =>
		(await Promise.all(people.map(readSenders))).reduce((sum, each) => sum + each.width, 0);
	const began = Date.now();
	let widest = await width();
	for (let grownAt = began; Date.now() - grownAt < settle.stillForMs;) {
		if (Date.now() - began > settle.mostMs) return;
		await delay(1_000);
		const now = await width();
		if (now > widest) grownAt = Date.now();
		widest = Math.max(widest, now);
	}
}

/** Of a process and all that it has started, user and system time together (proc(5), `stat`). */
function cpuSeconds(root: number): number {
	const ticksPerSecond = 100;
	const processes = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.flatMap((name) => {
			try {
				// The name in parentheses may hold anything.
				const [, rest = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
				const fields = rest.split(' ').map(Number);
				return [{ id: Number(name), parent: fields[1], ticks: (fields[11] ?? 0) + (fields[12] ?? 0) }];
			} catch {
				return []; // ended meanwhile
			}
		});
	const family = new Set([root]);
	for (let size = 0; size !== family.size;) {
		size = family.size;
		for (const { id, parent } of processes) if (parent !== undefined && family.has(parent)) family.add(id);
	}
	const ticks = processes.reduce((sum, process) => sum + (family.has(process.id) ? process.ticks : 0), 0);
	return ticks / ticksPerSecond;
}

function browserProcess(before: Set<string>): number {
	const mine = readdirSync('/proc').find((name) => {
		if (!/^\d+$/.test(name) || before.has(name)) return false;
		try {
			const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
			return stat.includes('(chromium)') && Number(/\) \S (\d+)/.exec(stat)?.[1]) === process.pid;
		} catch {
			return false;
		}
	});
	if (!mine) throw new Error('the browser’s process was not found');
	return Number(mine);
}

async function measure(adapts: boolean): Promise<Cost> {
	const server = await startServerProcess();
	const before = new Set(readdirSync('/proc'));
	let browser: Browser | null = null;
	try {
		browser = await launchBrowser({ fps: cameraFramesPerSecond });
		const root = browserProcess(before);
		const people: Person[] = [];
		for (const name of names) {
			const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
			if (!adapts) await context.addInitScript(withoutAdaptation);
			const person = await createPerson(context, name);
			await person.enter(`${server.origin}/room/measured#AAAAAAAAAAAAAAAAAAAAAA`);
			people.push(person);
		}
		await expectAllConnected(people);
		for (const person of people) {
			for (const other of people) if (other !== person) await expectMoving(person, other.name);
		}
		await waitUntilGrown(people);
		const [from, cpuFrom] = [await Promise.all(people.map(readSenders)), cpuSeconds(root)];
		await delay(measureMs);
		const [to, cpuTo] = [await Promise.all(people.map(readSenders)), cpuSeconds(root)];
		const total = (samples: typeof from, key: keyof (typeof from)[number]) =>
			samples.reduce((sum, sample) => sum + sample[key], 0);
		const grown = (key: keyof (typeof from)[number]) => total(to, key) - total(from, key);
		return {
			encoderSeconds: grown('encoderSeconds'),
			cpuSeconds: cpuTo - cpuFrom,
			megabytesSent: grown('bytes') / 1e6,
			framesEncoded: grown('framesEncoded'),
			width: total(to, 'width') / total(to, 'senders'),
		};
	} finally {
		await browser?.close();
		await server.dispose();
	}
}

export async function bench(): Promise<BenchResult> {
	const adapted = await measure(true);
	const full = await measure(false);
	const row = (what: string, cost: Cost) => ({
		call: what,
		'mean width': Math.round(cost.width),
		'frames encoded': cost.framesEncoded,
		'encoders, s': rounded(cost.encoderSeconds),
		'browser, s of CPU': rounded(cost.cpuSeconds),
		'sent, MB': rounded(cost.megabytesSent),
	});
	return {
		rows: [row('pictures as they are shown', adapted), row('full size to everyone', full)],
		ratios: [
			{
				what: 'encoder time of four, adapted against full size',
				// For each frame: were one of the two short of time, it would have made fewer.
				is: adapted.encoderSeconds / adapted.framesEncoded / (full.encoderSeconds / full.framesEncoded),
				most: 0.4,
			},
			{
				what: 'CPU of the whole browser, adapted against full size',
				is: adapted.cpuSeconds / full.cpuSeconds,
				most: 1,
			},
		],
	};
}
