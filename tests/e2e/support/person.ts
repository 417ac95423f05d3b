/**
 * A person at a browser: does and sees only what a person could, by role and accessible name. What nobody can see (decoded
 * frames, sound energy) is read from the page's own peer connections, which a script collects before the page's code runs.
 */
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { collectPeers, energyHeard } from './collect-peers';

export interface Person {
	readonly page: Page;
	readonly name: string;
	/** Opens a room's link and waits for its lobby. */
	openRoom(link: string): Promise<void>;
	/** From the lobby into the call. */
	join(): Promise<void>;
	/** Opens a room's link and joins, through its lobby. */
	enter(link: string): Promise<void>;
	tile(name: string): Locator;
	/** A toggle or button of the call's toolbar. */
	control(name: string): Locator;
	leave(): Promise<void>;
	openChat(): Promise<void>;
	say(text: string): Promise<void>;
	messages(): Locator;
}

const prepared = new WeakSet<BrowserContext>();

export async function createPerson(context: BrowserContext, name: string): Promise<Person> {
	if (!prepared.has(context)) {
		prepared.add(context);
		await context.addInitScript(collectPeers);
	}
	const page = await context.newPage();
	const chat = page.getByRole('complementary', { name: 'Chat' });
	const toolbar = page.getByRole('toolbar', { name: 'Call controls' });

	const person: Person = {
		page,
		name,
		async openRoom(link) {
			await page.goto(link);
			await expect(page.getByRole('button', { name: 'Join call' })).toBeEnabled();
		},
		async join() {
			await page.getByRole('textbox', { name: 'Your name' }).fill(name);
			await page.getByRole('button', { name: 'Join call' }).click();
			await expect(toolbar).toBeVisible();
		},
		async enter(link) {
			await person.openRoom(link);
			await person.join();
		},
		tile(of) {
			return page
				.getByRole('list', { name: 'Participants' })
				.getByRole('listitem', { name: of, exact: true });
		},
		control(of) {
			return toolbar.getByRole('button', { name: of, exact: true });
		},
		async leave() {
			await person.control('Leave call').click();
			await expect(page.getByRole('heading', { name: 'You left the call' })).toBeVisible();
		},
		async openChat() {
			if (!(await chat.isVisible())) await person.control('Chat').click();
			await expect(chat).toBeVisible();
		},
		async say(text) {
			await person.openChat();
			await chat.getByRole('textbox', { name: 'Message' }).fill(text);
			await chat.getByRole('textbox', { name: 'Message' }).press('Enter');
		},
		messages() {
			return chat.getByRole('log', { name: 'Messages' });
		},
	};
	return person;
}

/** They join the same room, one after the other. */
export async function meet(people: Person[], link: string): Promise<void> {
	for (const person of people) await person.enter(link);
}

/** Prerendered pages are seen before they are alive: what is clicked until then is not heard. SvelteKit puts its live region in once they are. */
export async function untilAlive(page: Page): Promise<void> {
	await page.locator('#svelte-announcer').waitFor({ state: 'attached' });
}

/** Everyone shows everyone else as connected. */
export async function expectAllConnected(people: Person[]): Promise<void> {
	for (const person of people) {
		for (const other of people) {
			if (other === person) continue;
			await expect(person.tile(other.name).first()).toHaveAttribute('data-connection', 'connected');
		}
	}
}

/** Frames decoded so far by the `<video>` of this tile, by the element's own count. */
export function framesShown(person: Person, of: string): Promise<number> {
	return person
		.tile(of)
		.first()
		.locator('video')
		.first()
		.evaluate((video) => (video as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);
}

/** Moving pictures: the tile's decoded frames rise. */
export async function expectMoving(person: Person, of: string): Promise<void> {
	await expect(person.tile(of).first().locator('video').first()).toBeVisible();
	let last = await framesShown(person, of);
	let risen = 0;
	const moves = async () => {
		const now = await framesShown(person, of);
		// An element that has got another stream counts from nothing.
		risen += now < last ? now : now - last;
		last = now;
		return risen;
	};
	await expect.poll(moves, { message: `${person.name} sees ${of} move` }).toBeGreaterThan(2);
}

/** Sound energy received so far, over all live peers. */
export function audioEnergy(person: Person): Promise<number> {
	return person.page.evaluate(energyHeard);
}

export async function expectSound(person: Person): Promise<void> {
	const before = await audioEnergy(person);
	await expect
		.poll(() => audioEnergy(person), { message: `${person.name} hears something` })
		.toBeGreaterThan(before);
}
