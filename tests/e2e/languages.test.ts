/** The interface in other languages than English: German from end to end, a language chosen without a network, and two that only tests speak. */
import type { Page } from '@playwright/test';
import app from '../../src/lib/words/en/app';
import call from '../../src/lib/words/en/call';
import home from '../../src/lib/words/en/home';
import inside from '../../src/lib/words/en/inside';
import room from '../../src/lib/words/en/room';
import settings from '../../src/lib/words/en/settings';
import { pseudo } from '../../vite/pseudo';
import { startServerProcess } from '../support/server-process';
import { expect, test } from './support/fixtures';
import { untilKept, withProfile } from './support/installed';
import { cutOff, notPseudo } from './support/legible';
import { untilAlive } from './support/person';

test('a call goes in German from home to its end, as the browser asks, and another in it is in English', async ({
	newPerson,
	server,
	roomLink,
}) => {
	const { page } = await newPerson('Käthe', { locale: 'de-DE' });
	const ben = await newPerson('Ben');
	await page.goto(server.origin);
	await expect(page.getByRole('heading', { name: 'Von Angesicht zu Angesicht' })).toBeVisible();
	await expect(page).toHaveTitle('Parley: Videoanrufe, die mit einem Link beginnen');
	await page.getByRole('textbox', { name: 'Raumname oder Link' }).fill(roomLink);
	await page.getByRole('button', { name: 'Beitreten' }).click();

	await expect(page.getByLabel('Deine Kamera')).toBeVisible();
	await expect(page.getByText('Du bist hier die erste Person')).toBeVisible();
	await expect(page.getByRole('combobox', { name: 'Mikrofon auswählen' })).toBeVisible();
	await page.getByRole('textbox', { name: 'Dein Name' }).fill('Käthe');
	await page.getByRole('button', { name: 'Anruf beitreten' }).click();
	const toolbar = page.getByRole('toolbar', { name: 'Anrufsteuerung' });
	await expect(toolbar).toBeVisible();

	await ben.enter(roomLink);
	await expect(ben.tile('Käthe')).toHaveAttribute('data-connection', 'connected');
	const tiles = page.getByRole('list', { name: 'Teilnehmende' });
	await expect(tiles.getByRole('listitem', { name: 'Ben', exact: true })).toHaveAttribute(
		'data-connection',
		'connected',
	);
	await expect(tiles.getByRole('listitem', { name: 'Käthe (du)' })).toBeVisible();
	await expect(page.getByRole('status').filter({ hasText: 'Ben ist beigetreten' })).toBeVisible();
	await toolbar.getByRole('button', { name: 'Mikrofon', exact: true }).click();
	await expect(ben.tile('Käthe')).toHaveAttribute('data-microphone', 'off');

	await toolbar.getByRole('button', { name: 'Chat' }).click();
	const chat = page.getByRole('complementary', { name: 'Chat' });
	await chat.getByRole('textbox', { name: 'Nachricht' }).fill('Grüß dich!');
	await chat.getByRole('button', { name: 'Senden' }).click();
	await ben.openChat();
	await expect(ben.messages()).toContainText('Grüß dich!');
	await ben.say('Hello');
	await expect(chat.getByRole('log', { name: 'Nachrichten' })).toContainText('Hello');

	await toolbar.getByRole('button', { name: 'Weitere Optionen' }).click();
	const opened = page.context().waitForEvent('page');
	await page.getByRole('menuitem', { name: 'Einstellungen, in neuem Tab' }).click();
	const others = await opened;
	await expect(others.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
	await expect(others.getByRole('textbox', { name: 'Dein Name' })).toHaveValue('Käthe');
	await others.close();

	await toolbar.getByRole('button', { name: 'Anruf verlassen' }).click();
	await expect(page.getByRole('heading', { name: 'Du hast den Anruf verlassen' })).toBeVisible();
	await page.getByRole('button', { name: 'Zur Startseite' }).click();
	await expect(page.getByRole('button', { name: 'Neuer Anruf' })).toBeVisible();
});

/** What a page has shown so far, each state once, in the order in which it came. */
interface Shown {
	lang: string;
	dir: string;
	title: string;
	heading: string;
}

declare global {
	interface Window {
		parleyTestShown?: Shown[];
	}
}

/** Looks before each paint. */
function watchPaints(): void {
	const shown: Shown[] = (window.parleyTestShown = []);
	const look = () => {
		const { lang, dir } = document.documentElement;
		const painted = document.body && getComputedStyle(document.body).visibility === 'visible';
		const heading = painted ? (document.querySelector('h1')?.textContent ?? '') : '';
		const state = { lang, dir, title: document.title, heading };
		if (JSON.stringify(shown.at(-1)) !== JSON.stringify(state)) shown.push(state);
		requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
}

test('a language chosen without a network is there at once, and no other is seen on the way', async () => {
	const server = await startServerProcess();
	try {
		await withProfile(async ({ context }) => {
			const page = await context.newPage();
			await page.goto(server.origin);
			await untilKept(page);
			await server.stop();

			await page.goto(`${server.origin}/settings`);
			await untilAlive(page);
			await context.addInitScript(watchPaints);
			await page.getByRole('combobox', { name: 'Language' }).selectOption({ label: 'Deutsch' });
			await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
			await expect(page).toHaveTitle('Einstellungen · Parley');
			await expectOnly(page, { lang: 'de', dir: 'ltr' }, 'Einstellungen');
			await page.reload();
			await expect(page.getByRole('combobox', { name: 'Sprache' })).toHaveValue('de');
			await expectOnly(page, { lang: 'de', dir: 'ltr' }, 'Einstellungen');

			await page.goto(server.origin);
			await expect(page.getByRole('button', { name: 'Neuer Anruf' })).toBeVisible();
			await expectOnly(page, { lang: 'de', dir: 'ltr' }, 'Von Angesicht zu Angesicht');
			await page.goto(`${server.origin}/settings`);
			await page.getByRole('combobox', { name: 'Sprache' }).selectOption({ label: 'English' });
			await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
			await expectOnly(page, { lang: 'en', dir: 'ltr' }, 'Settings');
		});
	} finally {
		await server.dispose();
	}
});

async function expectOnly(page: Page, root: Pick<Shown, 'lang' | 'dir'>, heading: string): Promise<void> {
	const shown = (await page.evaluate(() => window.parleyTestShown)) ?? [];
	expect(shown.length).toBeGreaterThan(0);
	expect(new Set(shown.map(({ lang, dir }) => `${lang} ${dir}`))).toEqual(
		new Set([`${root.lang} ${root.dir}`]),
	);
	expect(shown.map((state) => state.heading).filter((text) => text !== '' && text !== heading)).toEqual([]);
	const foreign = root.lang === 'de' ? /call|Settings/ : /Anruf|Einstellungen/;
	expect(shown.filter(({ title }) => foreign.test(title))).toEqual([]);
}

const english = { ...app, ...home, ...inside, ...room, ...call, ...settings };
/** A sentence that takes nothing, as the pseudo-languages say it. */
const said = (key: keyof typeof english) => pseudo(english[key]);

for (const [language, dir] of [
	['en-XA', 'ltr'],
	['ar-XB', 'rtl'],
] as const) {
	test(`in ${language}, from ${dir === 'ltr' ? 'left to right' : 'right to left'}, nothing is untranslated, cut off or too wide on a small phone`, async ({
		newPerson,
		server,
		roomLink,
	}) => {
		const options = { viewport: { width: 360, height: 740 }, hasTouch: true };
		// Names in a script that neither language is written in.
		const { page } = await newPerson('Соня', options);
		await page.context().addInitScript((chosen) => {
			const key = 'parley.preferences';
			const stored = localStorage.getItem(key);
			if (stored === null) localStorage.setItem(key, JSON.stringify({ version: 1, language: chosen }));
		}, language);
		const problems: string[] = [];
		const look = async (place: string) => {
			await expect(page.locator('html')).toHaveAttribute('dir', dir);
			for (const found of await page.evaluate(notPseudo)) problems.push(`${place}: not translated: ${found}`);
			for (const found of await page.evaluate(cutOff)) problems.push(`${place}: ${found}`);
		};
		const button = (key: keyof typeof english) => page.getByRole('button', { name: said(key), exact: true });

		for (const path of ['/settings', '/check', '/nowhere', '/room/a', '/join#text=нет', '/']) {
			await page.goto(server.origin + path);
			await untilAlive(page);
			await look(path);
		}
		await page.getByRole('textbox').fill('a');
		await button('join').click();
		await look('a wrong name');

		const link = new URL(roomLink);
		await page.goto(`${server.origin}/room/${link.pathname.split('-').at(-1)}00${link.hash}`);
		await expect(button('joinCall')).toBeEnabled();
		await look('lobby');
		await button('camera').click();
		await look('lobby without a camera');
		await page.getByRole('textbox', { name: said('yourName') }).fill('Соня');
		await button('joinCall').click();
		const toolbar = page.getByRole('toolbar', { name: said('callControls') });
		await expect(toolbar).toBeVisible();
		await look('alone in a call');

		const other = await newPerson('Жук');
		await other.enter(page.url());
		await expect(other.tile('Соня')).toHaveAttribute('data-connection', 'connected');
		await expect(page.locator('[data-participant][data-connection="connected"]').first()).toBeVisible();
		await look('call of two');
		await button('microphone').click();
		await button('raiseHand').click();
		await other.control('Camera').click();
		await other.control('Raise hand').click();
		await look('muted, with a hand raised');

		await button('chat').click();
		await other.say('1 + 1 = 2');
		await expect(page.getByRole('log')).toContainText('1 + 1 = 2');
		await page.getByRole('textbox', { name: said('message') }).fill('3');
		await page.getByRole('button', { name: said('send') }).click();
		await look('chat');
		await button('closePanel').click();

		const dialogs = [
			['connection', 'Escape'],
			['security', 'Escape'],
			['keyboardShortcuts', 'Escape'],
		] as const;
		for (const [name, key] of dialogs) {
			await button('moreOptions').click();
			if (name === 'connection') await look('more options');
			await page.getByRole('menuitem', { name: said(name) }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
			await look(name);
			await page.keyboard.press(key);
			await expect(page.getByRole('dialog')).toHaveCount(0);
		}
		await button('invite').click();
		await expect(page.getByRole('dialog')).toBeVisible();
		await look('invite');
		await page.keyboard.press('Escape');

		await button('leaveCall').click();
		await expect(page.getByRole('heading', { name: said('youLeft') })).toBeVisible();
		await look('end');
		expect(problems).toEqual([]);
	});
}
