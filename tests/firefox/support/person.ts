/**
 * A person at Firefox: does and sees what a person could, by role and accessible name. What only the page can tell (frames,
 * sound energy, errors) is collected in it.
 */
import { expect } from '@playwright/test';
import type { Browser, ElementHandle, Page } from 'puppeteer-core';
import { collectPeers, energyHeard } from '../../e2e/support/collect-peers';
import { longestGapMs, noteFrames } from '../../e2e/support/frames';
import { byRole, type Role } from './role';

const patienceMs = 15_000;

/** A tile as its attributes and its text have it. */
interface SeenTile {
	connection: string | null;
	microphone: string | null;
	camera: string | null;
	text: string;
}

export interface FirefoxPerson {
	readonly page: Page;
	readonly name: string;
	/** Errors and warnings of the page and of its content policy, so far. */
	readonly complaints: string[];
	openRoom(link: string): Promise<void>;
	/** From the lobby into the call. */
	join(): Promise<void>;
	enter(link: string): Promise<void>;
	leave(): Promise<void>;
	click(role: Role, name: string): Promise<void>;
	fill(name: string, text: string): Promise<void>;
	/** How many there are to be seen. */
	count(role: Role, name: string): Promise<number>;
	/** An attribute of the first one, `null` where there is none. */
	attribute(role: Role, name: string, attribute: string): Promise<string | null>;
	tile(of: string): Promise<SeenTile | null>;
	openChat(): Promise<void>;
	say(text: string): Promise<void>;
	messages(): Promise<string>;
	close(): Promise<void>;
}

const tileOf = (name: string) => `${byRole('list', 'Participants')} ${byRole('listitem', name)}`;

export async function createFirefoxPerson(browser: Browser, name: string): Promise<FirefoxPerson> {
	const context = await browser.createBrowserContext();
	// Of two tabs in one window the other would be hidden, and a call spares what nobody sees.
	const page = await context.newPage({ type: 'window' });
	page.setDefaultTimeout(patienceMs);
	// Wide enough for the chat to leave the others in sight, and the controls in reach.
	await page.setViewport({ width: 1024, height: 600 });
	const complaints: string[] = [];
	page.on('console', (line) => {
		if (['error', 'warn', 'assert'].includes(line.type())) complaints.push(`${name}: ${line.text()}`);
	});
	// Only a person answers "Leave this page?" otherwise, and a reload in a call asks it.
	page.on('dialog', (dialog) => {
		if (dialog.type() === 'beforeunload') void dialog.accept();
		else complaints.push(`${name}: a dialog says ${dialog.message()}`);
	});
	page.on('pageerror', (error) => complaints.push(`${name}: ${String(error)}`));
	await page.evaluateOnNewDocument(collectPeers);
	await page.evaluateOnNewDocument(watchPolicy);
	await page.evaluateOnNewDocument(takeModestPictures);

	const find = (role: Role, called: string) => page.locator(byRole(role, called));
	const person: FirefoxPerson = {
		page,
		name,
		complaints,
		async openRoom(link) {
			await page.goto(link);
			await find('button', 'Join call').wait();
		},
		async join() {
			await person.fill('Your name', name);
			await person.click('button', 'Join call');
			await find('toolbar', 'Call controls').wait();
		},
		async enter(link) {
			await person.openRoom(link);
			await person.join();
		},
		async leave() {
			await person.click('button', 'Leave call');
			await find('heading', 'You left the call').wait();
		},
		click: (role, called) => find(role, called).filter(isWithinReach).click(),
		fill: (called, text) => find('textbox', called).fill(text),
		count: async (role, called) => (await page.$$(byRole(role, called))).length,
		attribute: (role, called, attribute) =>
			page.$$eval(byRole(role, called), ([element], of) => element?.getAttribute(of) ?? null, attribute),
		tile: (of) =>
			page.$$eval(tileOf(of), ([tile]) =>
				tile
					? {
							connection: tile.getAttribute('data-connection'),
							microphone: tile.getAttribute('data-microphone'),
							camera: tile.getAttribute('data-camera'),
							text: tile.textContent,
						}
					: null,
			),
		async openChat() {
			if ((await person.count('complementary', 'Chat')) === 0) await person.click('button', 'Chat');
			await find('textbox', 'Message').wait();
		},
		async say(text) {
			await person.openChat();
			await person.fill('Message', text);
			await page.keyboard.press('Enter');
		},
		messages: async () =>
			(
				await page.$$eval(byRole('log', 'Messages'), (logs) =>
					logs.map((log) => (log as HTMLElement).innerText),
				)
			).join('\n'),
		close: () => context.close(),
	};
	return person;
}

/** Runs in the page: a click in its middle would reach it, and nothing that lies over it. */
function isWithinReach(element: Element): boolean {
	element.scrollIntoView({ block: 'nearest' });
	const { left, top, width, height } = element.getBoundingClientRect();
	return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}

/** Runs in the page: what the content policy refuses is told as an error. */
function watchPolicy(): void {
	document.addEventListener('securitypolicyviolation', (event) => {
		console.error(`refused by ${event.violatedDirective}: ${event.blockedURI} in ${event.sourceFile}`);
	});
}

/** Runs in the page: Firefox's fake camera knows no rate of its own, and two encoders at 30 frames a second take all of a small machine. */
function takeModestPictures(): void {
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	if (!devices) return;
	const capture = devices.getUserMedia.bind(devices);
	devices.getUserMedia = (constraints) => {
		if (!constraints?.video) return capture(constraints);
		const video = typeof constraints.video === 'object' ? constraints.video : {};
		return capture({ ...constraints, video: { ...video, width: 320, height: 240, frameRate: 10 } });
	};
}

export async function expectConnected(person: FirefoxPerson, other: string): Promise<void> {
	await expect
		.poll(() => person.tile(other), { message: `${person.name} is connected to ${other}` })
		.toMatchObject({ connection: 'connected' });
}

export interface FirefoxFrames {
	count(): Promise<number>;
	longestGapMs(): Promise<number>;
}

/** Frames that this tile shows from now on. Firefox counts none of a stream in `getVideoPlaybackQuality`. */
export async function watchFrames(person: FirefoxPerson, of: string): Promise<FirefoxFrames> {
	await person.page.locator(`${tileOf(of)} video`).wait();
	const video = (await person.page.$(`${tileOf(of)} video`)) as ElementHandle<HTMLVideoElement>;
	const shown = await video.evaluateHandle(noteFrames);
	return {
		count: () => shown.evaluate((times) => times.length - 1),
		longestGapMs: () => shown.evaluate(longestGapMs),
	};
}

export async function expectMoving(person: FirefoxPerson, of: string): Promise<void> {
	const frames = await watchFrames(person, of);
	await expect.poll(frames.count, { message: `${person.name} sees ${of} move` }).toBeGreaterThan(2);
}

export async function expectSound(person: FirefoxPerson): Promise<void> {
	const before = await person.page.evaluate(energyHeard);
	await expect
		.poll(() => person.page.evaluate(energyHeard), { message: `${person.name} hears something` })
		.toBeGreaterThan(before);
}
