/** Networks that let nothing else through: a real coturn, relay-only peers, and what is said where there is no relay. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generate } from 'selfsigned';
import { iceServersFor } from '../../src/server/ice-servers';
import type { PageHandler } from '../../src/server/serve';
import { freePort } from '../support/free-port';
import { startServer } from '../support/server-harness';
import { startServerProcess } from '../support/server-process';
import { startTurnServer, type TurnServer } from '../support/turn-server';
import { expect, test } from './support/fixtures';
import { iceGenerations, pathsInUse } from './support/page-peers';
import { expectAllConnected, expectMoving, type Person } from './support/person';
import { useRelayOnly } from './support/relay-call';

test.use({ media: { fps: 10, args: ['--ignore-certificate-errors'] } });

const small = { viewport: { width: 480, height: 360 } };
const room = '/room/behind-walls#AAAAAAAAAAAAAAAAAAAAAA';
let turn: TurnServer;
let certificates: string;

test.beforeAll(async () => {
	certificates = await mkdtemp(join(tmpdir(), 'parley-turn-'));
	const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }]);
	const tls = { certificateFile: join(certificates, 'cert.pem'), keyFile: join(certificates, 'key.pem') };
	await writeFile(tls.certificateFile, cert);
	await writeFile(tls.keyFile, key);
	turn = await startTurnServer(tls);
});

test.afterAll(async () => {
	await turn.stop();
	await rm(certificates, { recursive: true });
});

/** A new context has no page yet, so that the script is there before the first. */
async function meetOverRelay(people: Person[], origin: string): Promise<void> {
	for (const person of people) {
		await useRelayOnly(person.page.context());
		await person.enter(`${origin}${room}`);
	}
}

for (const { over, url } of [
	{ over: 'udp', url: () => `turn:127.0.0.1:${turn.port}?transport=udp` },
	{ over: 'tcp', url: () => `turn:127.0.0.1:${turn.port}?transport=tcp` },
	{ over: 'tls', url: () => `turns:localhost:${turn.tlsPort}?transport=tcp` },
]) {
	test(`two people who can use nothing but a relay see each other, over ${over}`, async ({ newPerson }) => {
		const server = await startServerProcess({ TURN_URLS: url(), TURN_SECRET: turn.secret });
		try {
			const people = [await newPerson('Ada', small), await newPerson('Bob', small)] as const;
			const [ada, bob] = people;
			await meetOverRelay([ada, bob], server.origin);
			await expectAllConnected([ada, bob]);
			await expectMoving(ada, 'Bob');
			await expectMoving(bob, 'Ada');
			await expect
				.poll(() => pathsInUse(ada))
				.toEqual([{ local: 'relay', remote: 'relay', relayProtocol: over }]);
		} finally {
			await server.dispose();
		}
	});
}

test('[N17] who hides their address tells the others none but the relay’s, and is reached all the same', async ({
	newPerson,
}) => {
	const server = await startServerProcess({
		TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=udp`,
		TURN_SECRET: turn.secret,
	});
	try {
		const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
		const told: string[] = [];
		ada.page.on('websocket', (socket) => {
			socket.on('framesent', ({ payload }) => void told.push(String(payload)));
		});
		await ada.page.goto(`${server.origin}/settings`);
		await ada.page.getByRole('checkbox', { name: 'Hide my address' }).check();
		// Ada's offer is one of the lobby.
		await bob.enter(`${server.origin}${room}`);
		await ada.enter(`${server.origin}${room}`);
		await expectAllConnected([ada, bob]);
		await expectMoving(ada, 'Bob');
		await expectMoving(bob, 'Ada');
		await expect.poll(async () => (await pathsInUse(ada)).map(({ local }) => local)).toEqual(['relay']);
		const words = told.join();
		expect(words).toContain('typ relay');
		expect(words).not.toMatch(/typ (host|srflx|prflx)/);
		expect(words).not.toMatch(/raddr (?!0\.0\.0\.0)/);
	} finally {
		await server.dispose();
	}
});

test('[N17] who hides their address where there is no relay is told so, and reached by nobody', async ({
	newPerson,
	server,
}) => {
	const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
	await ada.page.goto(`${server.origin}/settings`);
	await ada.page.getByRole('checkbox', { name: 'Hide my address' }).check();
	await bob.enter(`${server.origin}${room}`);
	await ada.enter(`${server.origin}${room}`);
	await expect(ada.tile('Bob').getByRole('alert')).toContainText('You hide your address');
	await expect(ada.tile('Bob')).toHaveAttribute('data-connection', 'failed');
});

test('credentials that have ended are refused, and those of now are not', async ({ newPerson, server }) => {
	const { page } = await newPerson('Ada', small);
	await page.goto(server.origin);
	const settings = {
		stunUrls: [],
		turn: { urls: [`turn:127.0.0.1:${turn.port}?transport=udp`], secret: turn.secret },
	};
	const gather = (madeAt: number) =>
		page.evaluate(
			async (iceServers) => {
				const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
				const told = new Set<string>();
				peer.onicecandidate = ({ candidate }) => {
					if (candidate?.type) told.add(candidate.type);
				};
				peer.onicecandidateerror = ({ errorCode }) => void told.add(`error ${errorCode}`);
				peer.createDataChannel('x');
				await peer.setLocalDescription();
				while (peer.iceGatheringState !== 'complete') {
					await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve));
				}
				peer.close();
				return [...told];
			},
			iceServersFor(settings, { name: 'ada', lifetimeMs: 60_000 }, madeAt) as RTCIceServer[],
		);
	expect(await gather(Date.now() - 120_000)).toEqual(['error 401']);
	expect(await gather(Date.now())).toEqual(['relay']);
});

test('a call outlives its first credentials, and restarts ICE with those that follow', async ({
	newPerson,
}) => {
	const { handler } = (await import(resolve('build/app/handler.js'))) as { handler: PageHandler };
	const lifetimeMs = 10_000;
	const server = await startServer({
		environment: { TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=udp`, TURN_SECRET: turn.secret },
		tunables: { turnLifetimeMs: lifetimeMs },
		pages: handler,
	});
	try {
		const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
		await meetOverRelay([ada, bob], server.url);
		await expectAllConnected([ada, bob]);
		await expectMoving(ada, 'Bob');
		const credentialsEnd = (person: Person) =>
			person.page.evaluate(() => {
				const peer = window.parleyTestPeers?.find(({ signalingState }) => signalingState !== 'closed');
				return Number(peer?.getConfiguration().iceServers?.[0]?.username?.split(':')[0]) * 1_000;
			});
		const firstEnd = await credentialsEnd(ada);
		await expect.poll(() => Date.now(), { timeout: lifetimeMs + 5_000 }).toBeGreaterThan(firstEnd + 1_000);
		for (const person of [ada, bob]) expect(await credentialsEnd(person)).toBeGreaterThan(Date.now());

		const before = await iceGenerations(ada);
		const loggedBefore = turn.log.length;
		await ada.page.evaluate(() => {
			for (const peer of window.parleyTestPeers ?? []) {
				if (peer.signalingState !== 'closed') peer.restartIce();
			}
		});
		await expect.poll(() => iceGenerations(ada)).not.toEqual(before);
		// Credentials are renewed every few seconds here, so which of those that followed were used is left open.
		const allocatedUntil = () =>
			[...turn.log.slice(loggedBefore).matchAll(/user <(\d+):.*ALLOCATE processed, success/g)].map(
				([, end]) => Number(end) * 1_000,
			);
		await expect.poll(() => allocatedUntil().some((end) => end > firstEnd)).toBe(true);
		await expectAllConnected([ada, bob]);
		await expectMoving(ada, 'Bob');
		await expectMoving(bob, 'Ada');
	} finally {
		await server.stop();
	}
});

test('where only a relay would do and there is none, the tile tells the person who hosts', async ({
	newPerson,
	server,
}) => {
	const [ada, bob] = [await newPerson('Ada', small), await newPerson('Bob', small)];
	await meetOverRelay([ada, bob], server.origin);
	const alert = ada.tile('Bob').getByRole('alert');
	await expect(alert).toContainText('Whoever runs this server can add a TURN relay.', { timeout: 45_000 });
	await expect(ada.tile('Bob')).toHaveAttribute('data-connection', 'failed');
	await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
});

for (const { what, settings, told } of [
	{
		what: 'works, and over what',
		settings: async () => ({
			TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=tcp`,
			TURN_SECRET: turn.secret,
		}),
		told: 'Works, over TCP.',
	},
	{
		what: 'refuses us',
		settings: async () => ({
			TURN_URLS: `turn:127.0.0.1:${turn.port}?transport=udp`,
			TURN_SECRET: 'not the one that the relay knows',
		}),
		told: 'The relay refused us.',
	},
	{
		what: 'does not answer',
		settings: async () => ({
			TURN_URLS: `turn:127.0.0.1:${await freePort()}?transport=udp`,
			TURN_SECRET: turn.secret,
		}),
		told: "Doesn't answer.",
	},
]) {
	test(`the check says whether the relay ${what}`, async ({ newPerson }) => {
		const server = await startServerProcess(await settings());
		try {
			const { page } = await newPerson('Ada');
			await page.goto(`${server.origin}/check`);
			const relay = page.getByRole('listitem', { name: 'Relay', exact: true });
			await expect(relay).toContainText(told, { timeout: 20_000 });
		} finally {
			await server.dispose();
		}
	});
}
