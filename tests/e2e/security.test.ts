/** What the browser is told to forbid, and that nothing of ours needs it: headers, content security, the link's secret. */
import type { BrowserContext, Request } from '@playwright/test';
import { expect, test } from './support/fixtures';
import { createPerson, expectAllConnected, expectMoving, meet } from './support/person';

/** Everything a page was refused, as its console and its policy tell it. */
async function collectViolations(context: BrowserContext): Promise<string[]> {
	const violations: string[] = [];
	await context.exposeBinding('reportViolation', (_source, text: string) => void violations.push(text));
	await context.addInitScript(() => {
		const { reportViolation } = window as unknown as { reportViolation(text: string): void };
		document.addEventListener('securitypolicyviolation', (event) =>
			reportViolation(
				`${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
			),
		);
	});
	context.on('console', (message) => {
		if (/policy|refused to|unrecognized feature/i.test(message.text())) violations.push(message.text());
	});
	return violations;
}

test('home, lobby, settings and a call need nothing that the content security policy forbids', async ({
	people,
	server,
	roomLink,
}) => {
	const contexts = await Promise.all(
		['Ada', 'Bob'].map(() => people.newContext({ viewport: { width: 1280, height: 800 } })),
	);
	const violations = await Promise.all(contexts.map(collectViolations));
	const [ada, bob] = await Promise.all([
		createPerson(contexts[0] as BrowserContext, 'Ada'),
		createPerson(contexts[1] as BrowserContext, 'Bob'),
	]);
	for (const path of ['/', '/settings', '/check']) {
		const response = await ada.page.goto(server.origin + path);
		if (response?.status() === 404) continue;
		// A page that was made while building carries its policy in itself, with the hashes of its scripts.
		const policy = ada.page.locator('meta[http-equiv="content-security-policy"]');
		await expect(policy).toHaveAttribute('content', /default-src 'none'/);
		await ada.page.waitForLoadState('networkidle');
	}
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');
	await ada.say(
		'<img src=x onerror="reportViolation(\'markup\')"><script>reportViolation("script")</script>',
	);
	await bob.openChat();
	await expect(bob.messages()).toContainText('<img src=x');
	await ada.control('More options').click();
	await expect(ada.page.getByRole('menu')).toBeVisible();
	await ada.page.keyboard.press('Escape');
	await expect(ada.page.getByRole('menu')).toBeHidden();
	await ada.control('Share screen').click();
	await expect(bob.page.locator('li[data-source="screen"]')).toBeVisible();
	await bob.leave();
	expect(violations.flat()).toEqual([]);
	for (const context of contexts) await context.close();
});

test('the policy is in force: what a page of ours does not need is refused', async ({
	newPerson,
	server,
}) => {
	const { page } = await newPerson('Ada');
	await page.goto(server.origin);
	const refusals = ['script-src-elem', 'style-src-attr', 'script-src-attr', 'frame-src', 'connect-src'];
	const refused = await page.evaluate(async (wanted) => {
		const directives: string[] = [];
		// Some are told of by another process, in their own time.
		const toldOfAll = new Promise<void>((resolve) =>
			document.addEventListener('securitypolicyviolation', (event) => {
				directives.push(event.effectiveDirective);
				if (wanted.every((directive) => directives.includes(directive))) resolve();
			}),
		);
		const script = document.createElement('script');
		script.textContent = 'window.injected = true';
		document.body.append(script);
		const box = document.createElement('div');
		box.innerHTML = '<p style="color: red"></p><a href="javascript:void 0"></a><button onclick="1"></button>';
		document.body.append(box);
		const frame = document.createElement('iframe');
		frame.src = 'https://evil.example/';
		document.body.append(frame);
		await fetch('https://evil.example/').catch(() => {});
		try {
			new WebSocket('wss://evil.example/').onerror = () => {};
		} catch {
			// Refused at once.
		}
		await Promise.race([toldOfAll, new Promise((resolve) => setTimeout(resolve, 10_000))]);
		return { directives, injected: 'injected' in window };
	}, refusals);
	expect(refused.injected).toBe(false);
	expect(refused.directives).toEqual(expect.arrayContaining(refusals));
});

test('every kind of response carries the headers', async ({ server }) => {
	for (const path of [
		'/',
		'/room/some-room',
		'/early.js',
		'/icon.svg',
		'/healthz',
		'/trpc/room.leave',
		'/nowhere',
	]) {
		const { headers } = await fetch(server.origin + path);
		expect.soft(headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'");
		expect.soft(headers.get('content-security-policy'), path).not.toMatch(/unsafe-(inline|eval)/);
		expect.soft(headers.get('x-content-type-options'), path).toBe('nosniff');
		expect.soft(headers.get('referrer-policy'), path).toBe('no-referrer');
		expect.soft(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
		expect.soft(headers.get('permissions-policy'), path).toContain('camera=(self)');
		expect.soft(headers.get('permissions-policy'), path).toContain('geolocation=()');
		// This server is reached over HTTP.
		expect.soft(headers.get('strict-transport-security'), path).toBeNull();
	}
});

test("a link's secret is in no request, by address, header or body, and no other site hears of the room", async ({
	newPerson,
	roomLink,
}) => {
	const secret = new URL(roomLink).hash.slice(1);
	const ada = await newPerson('Ada');
	const told: string[] = [];
	const note = (text: string | null | undefined) => void told.push(text ?? '');
	ada.page.context().on('request', (request: Request) => {
		note(request.url());
		note(JSON.stringify(request.headers()));
		note(request.postData());
	});
	ada.page.on('websocket', (socket) => {
		note(socket.url());
		socket.on('framesent', ({ payload }) => note(payload.toString()));
	});
	await ada.enter(roomLink);
	await ada.page.reload();
	await expect(ada.control('Leave call')).toBeVisible();
	await ada.leave();
	expect(told.some((text) => text.includes('room.join'))).toBe(true);
	expect(told.join('\n')).not.toContain(secret);

	const other = 'http://other.example/page';
	await ada.page.context().route(other, (route) => route.fulfill({ body: 'elsewhere' }));
	const left = ada.page.waitForRequest(other);
	await ada.page.goto(roomLink);
	await ada.page.evaluate((address) => window.location.assign(address), other);
	expect((await left).headers()['referer']).toBeUndefined();
});
