/** A call is not left by accident: a step back closes what is open, then asks, once; what was written and read stays. And no focus on what nobody sees. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { expectAllConnected, expectMoving, untilAlive } from './support/person';

/** The browser's own question, answered; how often it came. */
function answerBrowser(page: Page): { asked: number; leave: boolean } {
	const answers = { asked: 0, leave: true };
	page.on('dialog', (dialog) => {
		answers.asked += 1;
		void (answers.leave ? dialog.accept() : dialog.dismiss());
	});
	return answers;
}

test('a step back closes the chat, then asks, and a second one leaves; draft and unread messages outlast leaving and a reload', async ({
	newPerson,
	roomLink,
	server,
}) => {
	const [ada, bob] = [await newPerson('Ada'), await newPerson('Bob')];
	const { page } = ada;
	const browser = answerBrowser(page);
	const question = page.getByRole('dialog', { name: 'Leave the call?' });
	const chat = page.getByRole('complementary', { name: 'Chat' });
	const draft = page.getByRole('textbox', { name: 'Message' });
	const home = page.getByRole('button', { name: 'New call' });

	await bob.enter(roomLink);
	await page.goto(server.origin);
	await untilAlive(page);
	await page.getByRole('textbox', { name: 'Room name or link' }).fill(roomLink);
	await page.getByRole('button', { name: 'Join', exact: true }).click();
	await ada.join();
	await expectAllConnected([ada, bob]);
	await bob.say('one');
	await ada.openChat();
	await expect(ada.messages()).toContainText('one');
	await draft.fill('I was about to say');

	await page.goBack();
	await expect(chat).toBeHidden();
	await expect(question).toHaveCount(0);
	await ada.control('Invite').click();
	await expect(page.getByRole('dialog', { name: 'Invite people' })).toBeVisible();
	await page.goBack();
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await page.goBack();
	await expect(question).toBeVisible();
	await expect(question).toContainText("haven't sent is kept");
	await expect(question.getByRole('button', { name: 'Stay' }), 'the safe answer').toBeFocused();
	await bob.control('Raise hand').click();
	await expect(question.getByText('Bob raised a hand'), 'what happens is told over a dialog').toBeVisible();
	await expectMoving(bob, 'Ada');
	await question.getByRole('button', { name: 'Stay' }).click();
	await expect(question).toHaveCount(0);
	await expect(bob.tile('Ada')).toHaveAttribute('data-connection', 'connected');

	// A step too far is undone, and asked about.
	await page.evaluate(() => history.go(-2));
	await expect(question).toBeVisible();
	// As Escape does. What follows, such as another step back, may come before the browser reports that the dialog is closed.
	const isGuarded = await page.evaluate(() => {
		document.querySelector<HTMLDialogElement>('dialog[open]')?.requestClose();
		return (history.state as { parleyPlace?: string }).parleyPlace === 'call';
	});
	expect(isGuarded, 'the next step back asks again').toBe(true);
	await expect(question).toHaveCount(0);
	await page.goBack();
	await expect(question).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(question).toHaveCount(0);
	await page.goBack();
	await expect(question).toBeVisible();
	await page.goBack();
	await expect(home).toBeVisible();
	await expect(bob.tile('Ada')).toHaveCount(0);
	await expect(bob.page.getByText('Ada has left. Nobody else is here now.')).toBeVisible();
	expect(browser.asked).toBe(0);

	await bob.say('two');
	await page.goForward();
	await ada.join();
	await expect(page).toHaveTitle(/^\(1\)/);
	await ada.leave();
	await page.getByRole('button', { name: 'Rejoin' }).click();
	await ada.join();
	await expect(page, 'what was read stays read').toHaveTitle(/^\(1\)/);
	browser.leave = false;
	await page.evaluate(() => location.reload());
	await expect.poll(() => browser.asked).toBe(1);
	await expect(bob.tile('Ada')).toHaveAttribute('data-connection', 'connected');
	browser.leave = true;
	await page.reload();
	await expectAllConnected([ada, bob]);
	expect(browser.asked).toBe(2);
	await expect(page).toHaveTitle(/^\(1\)/);
	await ada.openChat();
	await expect(ada.messages()).toContainText('two');
	await expect(draft).toHaveValue('I was about to say');
	await draft.press('Enter');
	await expect(bob.messages()).toContainText('I was about to say');

	await page.goBack();
	await page.goBack();
	await question.getByRole('button', { name: 'Leave', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'You left the call' })).toBeVisible();
	await page.goBack();
	await expect(home, 'one step leads away from the end').toBeVisible();
	expect(browser.asked).toBe(2);
});

/** Walks through everything with Tab, and says what had the focus while something else lay over it, or outside the window. */
async function hiddenStops(page: Page): Promise<string[]> {
	const hidden: string[] = [];
	const seen: string[] = [];
	// From the beginning: the browser goes on from where the focus was last.
	await page.evaluate(() => {
		document.body.tabIndex = -1;
		document.body.focus();
		document.body.removeAttribute('tabindex');
	});
	for (let presses = 0; presses < 60; presses += 1) {
		await page.keyboard.press('Tab');
		// Panels that slide in have arrived, and what was scrolled to is there.
		const stop = await page.evaluate(async () => {
			const ending = document
				.getAnimations()
				.filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
			await Promise.all(ending.map((animation) => animation.finished.catch(() => {})));
			const element = document.activeElement;
			if (!element || element === document.body) return null;
			const { left, top, width, height } = element.getBoundingClientRect();
			// Partly covered is allowed (WCAG 2.4.11), hidden is not.
			const points = [0.1, 0.5, 0.9].flatMap((x) =>
				[0.1, 0.5, 0.9].map((y) => [left + x * width, top + y * height]),
			);
			const visible = points.some(([x, y]) => {
				const there = document.elementFromPoint(x as number, y as number);
				return there !== null && (element.contains(there) || there.contains(element));
			});
			const label = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 40);
			return { name: `${element.tagName.toLowerCase()} ${label}`, visible };
		});
		// Behind the last one comes the browser, and then the first again.
		if (!stop) continue;
		if (stop.name === seen[0]) break;
		if (!stop.visible) hidden.push(stop.name);
		seen.push(stop.name);
	}
	expect(seen.length, 'Tab leads somewhere').toBeGreaterThan(1);
	return [...new Set(hidden)];
}

test('the focus is never on what nobody sees: every screen at 400 % zoom, on a phone on its side, and on a laptop', async ({
	newPerson,
	roomLink,
	server,
}) => {
	const ada = await newPerson('Ada');
	const { page } = ada;
	const sizes = [
		{ width: 320, height: 256 },
		{ width: 740, height: 360 },
		{ width: 640, height: 700 },
		{ width: 1440, height: 900 },
	];
	const found: string[] = [];
	const look = async (screen: string) => {
		for (const size of sizes) {
			await page.setViewportSize(size);
			for (const stop of await hiddenStops(page))
				found.push(`${screen}, ${size.width}×${size.height}: ${stop}`);
		}
	};

	await page.goto(server.origin);
	await untilAlive(page);
	await look('home');
	await ada.openRoom(roomLink);
	await look('lobby');
	await ada.join();
	await look('call');
	await page.setViewportSize({ width: 320, height: 256 });
	await ada.openChat();
	await look('chat');
	await page.getByRole('button', { name: 'Close panel' }).click();
	await expect(ada.control('Chat')).toBeFocused();
	await ada.control('Invite').click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await look('invite');
	await page.keyboard.press('Escape');
	await ada.leave();
	await look('the end');
	expect(found).toEqual([]);
});
