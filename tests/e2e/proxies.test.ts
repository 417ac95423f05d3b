/** Behind nginx and Caddy, set up right and wrong: a call, or one sentence that says why there is none, soon after the click. */
import type { Page } from '@playwright/test';
import { idleMs, startReverseProxy, type ProxyKind, type ReverseProxy } from '../support/reverse-proxy';
import { expect, test } from './support/fixtures';
import { expectAllConnected, expectMoving, meet, type Person } from './support/person';

test.use({ media: { fps: 10 } });

// Painting without a graphics card costs as much as encoding.
const small = { viewport: { width: 480, height: 560 } };
const secret = '#GGGGGGGGGGGGGGGGGGGGGA';
const roomAt = ({ origin }: ReverseProxy) => `${origin}/room/behind-${new URL(origin).port}${secret}`;
/** From the click on. */
const soonMs = 10_000;

const said = (page: Page, words: string | RegExp) => page.getByRole('status').filter({ hasText: words });

const callOf = ({ page }: Person) => page.getByRole('toolbar', { name: 'Call controls' });

async function expectHeldOff(person: Person, words: string): Promise<void> {
	await person.page.getByRole('textbox', { name: 'Your name' }).fill(person.name);
	await person.page.getByRole('button', { name: 'Join call' }).click();
	await expect(said(person.page, words)).toBeVisible({ timeout: soonMs });
}

async function expectCheckSays(person: Person, origin: string, words: string): Promise<void> {
	const page = await person.page.context().newPage();
	await page.goto(`${origin}/check`);
	const server = page
		.getByRole('region', { name: 'What a call needs' })
		.getByRole('listitem', { name: 'Server', exact: true });
	await expect(server).toContainText(words, { timeout: soonMs });
	await expect(page.getByRole('heading', { name: "A call won't work from here yet" })).toBeVisible();
	await page.close();
}

/** Both are in, and see each other. */
async function expectCall(ada: Person, bob: Person): Promise<void> {
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');
	await expectMoving(bob, 'Ada');
}

for (const kind of ['nginx', 'caddy'] as const satisfies ProxyKind[]) {
	test.describe(kind, () => {
		test('[O1] set up as the README says, and then with another Host: the call goes on and says why it hears nothing, nobody else comes in, and all of it mends itself', async ({
			server,
			newPerson,
		}) => {
			const proxy = await startReverseProxy(kind, 'right', server);
			try {
				const [ada, bob, cleo] = [
					await newPerson('Ada', small),
					await newPerson('Bob', small),
					await newPerson('Cleo', small),
				];
				await meet([ada, bob], roomAt(proxy));
				await expectCall(ada, bob);

				await proxy.change('host');
				const refused = 'The server refuses this page';
				await expect(said(ada.page, refused)).toBeVisible({ timeout: soonMs });
				await expect(said(ada.page, refused)).toContainText(
					`The server doesn't know ${proxy.origin} as its own address. Whoever runs it must set ORIGIN`,
				);
				await expectMoving(ada, 'Bob');
				await cleo.openRoom(roomAt(proxy));
				await expectHeldOff(cleo, refused);
				await expect(callOf(cleo)).toHaveCount(0);
				await expectCheckSays(cleo, proxy.origin, refused);
				const told = server.log
					.split('\n')
					.filter((line) => line.includes('"origin refused"') && line.includes(`"${proxy.origin}"`));
				expect(told, 'once, however often it was tried').toHaveLength(1);
				expect(told[0]).toContain('"setting":"ORIGIN"');

				await proxy.change('right');
				await expectAllConnected([ada, bob, cleo]);
				await expect(said(ada.page, refused)).toHaveCount(0);
				await expectMoving(cleo, 'Ada');
			} finally {
				await proxy.stop();
			}
		});

		test('[P4] with an end to what is silent: a call, for longer than that', async ({
			server,
			newPerson,
		}) => {
			const proxy = await startReverseProxy(kind, 'idle', server);
			try {
				const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
				await meet([ada, bob], roomAt(proxy));
				await expectCall(ada, bob);
				await expectStaysWhole(ada, bob);
			} finally {
				await proxy.stop();
			}
		});

		test('[H1] without WebSockets: nobody is in while it holds streams back, and they read why; a call as soon as it does not, for longer than it bears silence', async ({
			server,
			newPerson,
		}) => {
			const proxy = await startReverseProxy(kind, 'buffering', server);
			try {
				const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
				await ada.openRoom(roomAt(proxy));
				const heldBack = 'A proxy is holding the call back';
				await expectHeldOff(ada, heldBack);
				await expect(callOf(ada)).toHaveCount(0);
				await expectCheckSays(ada, proxy.origin, heldBack);

				await proxy.change('no-upgrade');
				await expect(callOf(ada)).toBeVisible();
				await bob.enter(roomAt(proxy));
				await expectCall(ada, bob);
				await expectStaysWhole(ada, bob);

				await proxy.change('buffering');
				await expect(said(ada.page, heldBack)).toBeVisible();
				await expectMoving(ada, 'Bob');
			} finally {
				await proxy.stop();
			}
		});
	});
}

test('nginx that lets pages and streams through and forbids commands, and a network that wants one to sign in: nobody is in, and they read why', async ({
	server,
	newPerson,
}) => {
	const proxy = await startReverseProxy('nginx', 'read-only', server);
	try {
		const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
		await ada.openRoom(roomAt(proxy));
		const blocked = 'Something blocks calls on this network';
		await expectHeldOff(ada, blocked);
		await expect(callOf(ada)).toHaveCount(0);
		await expectCheckSays(ada, proxy.origin, blocked);

		await proxy.change('sign-in');
		const intercepted = 'Something else answers for the server';
		await expect(said(ada.page, intercepted)).toBeVisible({ timeout: soonMs });
		await expectCheckSays(ada, proxy.origin, intercepted);

		await proxy.change('right');
		await expect(callOf(ada)).toBeVisible();
		await bob.enter(roomAt(proxy));
		await expectCall(ada, bob);
		await proxy.change('sign-in');
		await expect(said(ada.page, intercepted)).toBeVisible({ timeout: soonMs });
		await expectMoving(ada, 'Bob');
	} finally {
		await proxy.stop();
	}
});

/** Says nothing to the server for longer than the proxy bears, and is heard through it afterwards. */
async function expectStaysWhole(ada: Person, bob: Person): Promise<void> {
	let lost = 0;
	const opened: string[] = [];
	for (const { page, name } of [ada, bob]) {
		page.on('websocket', () => opened.push(`${name} opens a WebSocket`));
		page.on('request', (request) => {
			if (request.url().includes('/trpc/room.join')) opened.push(`${name} opens a stream`);
		});
	}
	await ada.page.exposeFunction('parleyTestLost', () => (lost += 1));
	await ada.page.evaluate(() => {
		const look = () => {
			const text = document.querySelector('[role="status"].pill')?.textContent ?? '';
			if (/server/.test(text)) (window as unknown as { parleyTestLost(): void }).parleyTestLost();
		};
		new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
	});
	const until = Date.now() + idleMs + 1_500;
	while (Date.now() < until) await expectMoving(ada, 'Bob');
	await bob.control('Raise hand').click();
	await expect(said(ada.page, 'Bob').first()).toBeVisible();
	expect(lost, 'times the server had to be found again').toBe(0);
	expect(opened, 'the connections of before have lasted').toEqual([]);
}
