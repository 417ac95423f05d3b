/** Chat where channels are cut, where none ever opens, and what the server gets to see of it. */
import type { Browser, BrowserContext, WebSocket as PageSocket } from '@playwright/test';
import { startServerProcess } from '../support/server-process';
import { seededRandom, seedFromEnvironment } from '../support/random';
import { startTcpProxy } from '../support/faults/tcp-proxy';
import { launchBrowser } from './support/browser';
import { expect, test } from './support/fixtures';
import { createPerson, expectAllConnected, meet, type Person } from './support/person';

test('cut channels and cut signaling lose no message and show none twice; who joins at the end sees all', async ({
	people,
	server,
}) => {
	test.setTimeout(180_000);
	const seed = seedFromEnvironment();
	console.log(`SEED=${seed}`);
	const random = seededRandom(seed);
	const room = `/room/cut-${process.pid}-${seed}#BBBBBBBBBBBBBBBBBBBBBA`;
	const proxies = await Promise.all([1, 2, 3].map(() => startTcpProxy(server)));
	const contexts = await Promise.all([1, 2, 3].map(() => people.newContext()));
	try {
		const group: Person[] = [];
		for (const [index, name] of ['Ada', 'Bob', 'Cleo'].entries()) {
			const person = await createPerson(contexts[index] as (typeof contexts)[number], name);
			await person.openRoom(`${proxies[index]?.origin}${room}`);
			// Cameras add nothing here but load.
			await person.page.getByRole('button', { name: 'Camera', exact: true }).click();
			await person.join();
			await person.openChat();
			group.push(person);
		}
		await expectAllConnected(group);

		const written: string[] = [];
		for (let step = 0; step < 24; step += 1) {
			const index = random.below(group.length);
			const person = group[index] as Person;
			switch (random.below(4)) {
				case 0:
					await cutChannels(person);
					break;
				case 1:
					proxies[index]?.cut();
					break;
				default: {
					const text = `message ${step} of ${person.name}`;
					written.push(text);
					await person.say(text);
				}
			}
		}

		const dan = await createPerson(await people.newContext(), 'Dan');
		await dan.enter(`${server.origin}${room}`);
		await dan.openChat();
		group.push(dan);
		for (const person of group) {
			await expect
				.poll(async () => [...(await shownMessages(person))].sort(), {
					message: `${person.name} has it all`,
					timeout: 45_000,
				})
				.toEqual([...written].sort());
		}
		const orders = await Promise.all(group.map(shownMessages));
		for (const order of orders) expect(order).toEqual(orders[0]);
		await dan.page.context().close();
	} finally {
		for (const context of contexts) await context.close();
		for (const proxy of proxies) await proxy.close();
	}
});

test('where no data channel opens, chat works through the server, which can read none of it', async () => {
	const server = await startServerProcess({ LOG_LEVEL: 'debug' });
	const browser = await launchBrowser();
	try {
		const link = `${server.origin}/room/walled-in#CCCCCCCCCCCCCCCCCCCCCA`;
		const ada = await createPerson(await walledIn(browser), 'Ada');
		const bob = await createPerson(await walledIn(browser), 'Bob');
		const wire: string[] = [];
		for (const person of [ada, bob]) {
			person.page.on('websocket', (socket: PageSocket) => {
				socket.on('framesent', ({ payload }) => wire.push(String(payload)));
				socket.on('framereceived', ({ payload }) => wire.push(String(payload)));
			});
			person.page.on('request', (request) =>
				wire.push(request.url(), request.postData() ?? '', JSON.stringify(request.headers())),
			);
			await person.enter(link);
		}
		await ada.say('The mongoose sleeps at noon');
		await bob.openChat();
		await expect(bob.messages()).toContainText('The mongoose sleeps at noon');
		await bob.say('And the heron wakes');
		await expect(ada.messages()).toContainText('And the heron wakes');
		await expect(ada.tile('Bob')).not.toHaveAttribute('data-connection', 'connected');

		expect(
			wire.some((frame) => frame.includes('room.relay')),
			'the relay was used',
		).toBe(true);
		for (const secret of ['mongoose', 'heron', 'CCCCCCCCCCCCCCCCCCCCCA']) {
			expect(wire.filter((frame) => frame.includes(secret))).toEqual([]);
			expect(server.log).not.toContain(secret);
		}
	} finally {
		await browser.close();
		await server.dispose();
	}
});

test('markup in names and messages is text, links are safe, and a long message says its limit', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('<b>Ada</b>');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await bob.openChat();
	await ada.say('<img src=x onerror=alert(1)> see https://example.org/a?b=1.');
	await expect(bob.messages()).toContainText('<img src=x onerror=alert(1)>');
	await expect(bob.messages()).toContainText('<b>Ada</b>');
	await expect(bob.messages().locator('img')).toHaveCount(0);
	const link = bob.messages().getByRole('link', { name: 'https://example.org/a?b=1' });
	await expect(link).toHaveAttribute('href', 'https://example.org/a?b=1');
	await expect(link).toHaveAttribute('rel', /noopener/);

	const box = ada.page.getByRole('textbox', { name: 'Message' });
	await box.fill('line one');
	await box.press('Shift+Enter');
	await box.pressSequentially('line two');
	await box.press('Enter');
	await expect(bob.messages()).toContainText('line one\nline two', { useInnerText: true });

	const long = 'x'.repeat(4_001);
	await box.fill(long);
	await box.press('Enter');
	await expect(box).toHaveValue(long);
	await expect(ada.page.getByText(/4,?000/).first()).toBeVisible();
});

test('unread messages are counted on the chat button until they are seen', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await ada.say('one');
	await ada.say('two');
	const chat = bob.control('Chat');
	await expect(chat).toHaveAccessibleDescription(/2 unread/);
	await chat.click();
	await expect(chat).not.toHaveAccessibleDescription(/unread/);
});

test('of a long conversation a part is on the page, and all of it can be read', async ({
	newPerson,
	roomLink,
}) => {
	test.setTimeout(180_000);
	const ada = await newPerson('Ada');
	await ada.enter(roomLink);
	await ada.openChat();
	const count = 320;
	const box = ada.page.getByRole('textbox', { name: 'Message' });
	for (let n = 1; n <= count; n++) {
		await box.fill(`number ${n}.`);
		await box.press('Enter');
	}
	const log = ada.messages();
	const message = (n: number) => log.getByText(`number ${n}.`, { exact: true });
	await expect(message(count)).toBeInViewport();
	const onPage = () => log.getByRole('paragraph').count();
	expect(await onPage()).toBeLessThanOrEqual(200);
	await expect(message(1)).toHaveCount(0);

	// With the keyboard, as far as it goes; what is read stays where it stands while more comes.
	await log.focus();
	await expect
		.poll(
			async () => {
				await ada.page.keyboard.press('Home');
				return message(1).isVisible();
			},
			{ timeout: 20_000 },
		)
		.toBe(true);
	expect(await onPage()).toBeLessThanOrEqual(300);
	await expect(log).toHaveAttribute('aria-live', 'polite');
	await expect(message(count)).toHaveCount(0);

	await ada.say('and one more');
	await expect(log.getByText('and one more')).toBeInViewport();
	expect(await onPage()).toBeLessThanOrEqual(201);
});

test('a scroll event that comes late is nobody scrolling up: the newest message stays in view', async ({
	newPerson,
	roomLink,
}) => {
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await ada.openChat();
	const log = ada.messages();
	// As the browser does when a message comes between our own scrolling and its event: after the message, before the log has followed it.
	await log.evaluate((element) => {
		new MutationObserver(() => element.dispatchEvent(new Event('scroll'))).observe(element, {
			subtree: true,
			childList: true,
		});
	});
	const tall = Array.from({ length: 12 }, (_, line) => `line ${line + 1}`).join('\n');
	for (let n = 1; n <= 5; n++) {
		await bob.say(`${tall}\nend of ${n}`);
		await expect(log.getByText(`end of ${n}`)).toBeInViewport();
	}
	await expect(ada.page.getByRole('button', { name: 'New messages' })).toHaveCount(0);
	await log.hover();
	await ada.page.mouse.wheel(0, -600);
	await bob.say(`${tall}\nend of 6`);
	await expect(ada.page.getByRole('button', { name: 'New messages' })).toBeVisible();
	await ada.page.getByRole('button', { name: 'New messages' }).click();
	await expect(log.getByText('end of 6')).toBeInViewport();
});

test('what a flick still moves after one has written is nobody scrolling up', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	await ada.enter(roomLink);
	await ada.openChat();
	const log = ada.messages();
	const tall = Array.from({ length: 12 }, (_, line) => `line ${line + 1}`).join('\n');
	for (let n = 1; n <= 5; n++) await ada.say(`${tall}\nend of ${n}`);
	await expect(log.getByText('end of 5')).toBeInViewport();
	// As the browser does whose scrolling was under way when the message was sent: it goes on from where the log is put.
	await log.evaluate((element) => {
		const observer = new MutationObserver(() => {
			observer.disconnect();
			let framesLeft = 12;
			const move = () => {
				element.scrollTop -= 200;
				framesLeft -= 1;
				if (framesLeft > 0) requestAnimationFrame(move);
				else element.setAttribute('data-moved', '');
			};
			requestAnimationFrame(move);
		});
		observer.observe(element, { subtree: true, childList: true });
	});
	await ada.say(`${tall}\nend of 6`);
	await expect(ada.page.locator('[data-moved]')).toHaveCount(1);
	await expect(log.getByText('end of 6')).toBeInViewport();

	await log.hover();
	await ada.page.mouse.wheel(0, -600);
	await expect(log.getByText('end of 6')).not.toBeInViewport();
});

/** A profile whose network lets nothing through but the web: no candidate is ever gathered. */
async function walledIn(browser: Browser): Promise<BrowserContext> {
	const context = await browser.newContext();
	await context.addInitScript(() => {
		const Native = window.RTCPeerConnection;
		window.RTCPeerConnection = class extends Native {
			constructor(configuration?: RTCConfiguration) {
				super({ ...configuration, iceTransportPolicy: 'relay' });
			}

			override setConfiguration(configuration?: RTCConfiguration): void {
				super.setConfiguration({ ...configuration, iceTransportPolicy: 'relay' });
			}
		};
	});
	return context;
}

/** Ends every open data channel of the page, under the feet of the code that uses it. */
function cutChannels(person: Person): Promise<void> {
	return person.page.evaluate(() => {
		for (const channel of window.parleyTestChannels ?? []) channel.close();
	});
}

async function shownMessages(person: Person): Promise<string[]> {
	const texts = await person.messages().getByRole('paragraph').allInnerTexts();
	return texts.map((text) => text.trim());
}
