import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/fake-clock';
import { FakeNetwork } from '../../../tests/support/fake-platform';
import { Misanswer } from '../call/signaling/trpc-answer';
import type { IceServer } from '../protocol';
import { createNetworkCheck, type NetworkCheck } from './setup-network';
import type { ProbeConnection, ServerLink } from './setup-probes';

const stun: IceServer = { urls: ['stun:stun.example:3478'] };
const turn: IceServer = { urls: ['turn:turn.example:3478'], username: 'u', credential: 'c' };
const lookMs = 40;

let clock: FakeClock;
let network: FakeNetwork;
let check: NetworkCheck;
/** What the server names. */
let iceServers: IceServer[];
let openServer: () => Promise<void>;
/** Whether two peers that have found an address reach each other. */
let connects: boolean;
let said: [string, unknown, number][];
let connections: { configuration: RTCConfiguration; closed: boolean }[];
let links: { closed: boolean; looks: number; closes: number }[];
let beganAt: number;

beforeEach(() => {
	clock = new FakeClock();
	beganAt = clock.now();
	network = new FakeNetwork();
	[iceServers, connects, said, connections, links] = [[stun, turn], true, [], [], []];
	openServer = () => Promise.resolve();
	check = createNetworkCheck({
		platform: { clock, network },
		async openServer() {
			await openServer();
			return fakeLink();
		},
		createConnection(configuration) {
			const made = { configuration, closed: false };
			connections.push(made);
			return fakeConnection(made);
		},
		found(findings, figures = {}) {
			const at = clock.now() - beganAt;
			for (const [what, is] of Object.entries({ ...findings, ...figures })) said.push([what, is, at]);
		},
	});
});

function fakeLink(): ServerLink {
	const state = { closed: false, looks: 0, closes: 0 };
	links.push(state);
	return {
		kind: 'websocket',
		command: () => Promise.resolve(),
		look() {
			state.looks++;
			return new Promise((resolve) =>
				clock.after(lookMs, () => resolve({ count: 0, limit: 12, seats: [], iceServers })),
			);
		},
		close() {
			state.closed = true;
			state.closes++;
		},
	};
}

/** Finds one address of the kind its configuration allows, and is connected where `connects`. */
function fakeConnection(made: { configuration: RTCConfiguration; closed: boolean }): ProbeConnection {
	const relayOnly = made.configuration.iceTransportPolicy === 'relay';
	const report = [
		['T', { type: 'transport', selectedCandidatePairId: 'P' }],
		['P', { type: 'candidate-pair', localCandidateId: 'L' }],
		['L', { type: 'local-candidate', candidateType: 'relay', relayProtocol: 'tls' }],
	] as const;
	const fake = {
		connectionState: 'new',
		iceGatheringState: 'new',
		localDescription: {},
		createDataChannel: () => ({}),
		setRemoteDescription: () => Promise.resolve(),
		addIceCandidate: () => Promise.resolve(),
		setLocalDescription() {
			clock.after(10, () => {
				const candidate = {
					candidate: `candidate:1 1 udp 1 192.0.2.1 9 typ ${relayOnly ? 'relay' : 'srflx'}`,
				};
				probe.onicecandidate?.({ candidate } as RTCPeerConnectionIceEvent);
				if (!connects) return;
				fake.connectionState = 'connected';
				probe.onconnectionstatechange?.(new Event('connectionstatechange'));
			});
			return Promise.resolve();
		},
		getStats: () =>
			Promise.resolve(new Map(report.map(([id, entry]) => [id, { id, timestamp: 0, ...entry }]))),
		close: () => (made.closed = true),
	};
	const probe = fake as unknown as RTCPeerConnection;
	return probe;
}

const finding = (what: string) => said.findLast(([name]) => name === what)?.[1];
const everythingIsClosed = () => [...connections, ...links].every(({ closed }) => closed);

it('tries the server first, then the direct way by what the server names, then the relay, and says each as it is known', async () => {
	check.begin();
	await clock.advance(60_000);
	expect(said).toEqual([
		...[['server', 'trying', 0], ['direct', 'trying', 0], ['relay', 'trying', 0]], // prettier-ignore
		...[['roundTripMs', null, 0], ['relayProtocol', null, 0]], // prettier-ignore
		...[['server', 'websocket', 5 * lookMs], ['roundTripMs', lookMs, 5 * lookMs]], // prettier-ignore
		['direct', 'works', 5 * lookMs + 10],
		...[['relay', 'works', 5 * lookMs + 20], ['relayProtocol', 'tls', 5 * lookMs + 20]], // prettier-ignore
	]);
	const policies = connections.map(({ configuration }) => configuration.iceTransportPolicy);
	expect(policies).toEqual(['all', 'all', 'relay', 'relay']);
	for (const { configuration } of connections) expect(configuration.iceServers).toEqual([stun, turn]);
	expect([everythingIsClosed(), clock.pending]).toEqual([true, 0]);
});

it('waits for neither way without end', async () => {
	connects = false;
	check.begin();
	await clock.advance(5 * lookMs + 8_000);
	expect([finding('direct'), finding('relay')]).toEqual(['none', 'trying']);
	await clock.advance(12_000);
	expect([finding('relay'), finding('relayProtocol')]).toEqual(['unreachable', null]);
	expect([everythingIsClosed(), clock.pending]).toEqual([true, 0]);
});

it('tries the direct way without a server too, and no relay that nobody named', async () => {
	openServer = () => Promise.reject(new Error('refused'));
	check.begin();
	await clock.advance(60_000);
	expect(['server', 'direct', 'relay'].map(finding)).toEqual(['unreachable', 'unknown', 'not-tried']);
	openServer = () => Promise.resolve();
	iceServers = [stun];
	check.begin();
	await clock.advance(60_000);
	expect(['server', 'direct', 'relay'].map(finding)).toEqual(['websocket', 'works', 'not-configured']);
	expect(connections.every(({ configuration }) => configuration.iceTransportPolicy === 'all')).toBe(true);
});

it('says what stands in the way, and that there is no network', async () => {
	const found = async (error: Error) => {
		openServer = () => Promise.reject(error);
		check.begin();
		await settle();
		return finding('server');
	};
	expect(await found(new Error('socket', { cause: new Misanswer('intercepted') }))).toBe('intercepted');
	network.change('offline');
	expect(await found(new Error('refused'))).toBe('offline');
});

describe('begun anew', () => {
	it('forgets what was measured', async () => {
		check.begin();
		await clock.advance(60_000);
		openServer = () => Promise.reject(new Error('refused'));
		check.begin();
		await clock.advance(60_000);
		expect([finding('roundTripMs'), finding('relayProtocol')]).toEqual([null, null]);
	});

	it('ends what was under way, wherever that was, and lets it say nothing more', async () => {
		const stages = [1, lookMs / 2, 5 * lookMs + 5, 5 * lookMs + 15];
		for (const afterMs of stages) {
			[said, connections, links] = [[], [], []];
			check.begin();
			await clock.advance(afterMs);
			const [before, old] = [said.length, [...connections, ...links]];
			iceServers = [];
			check.begin();
			await settle();
			expect(
				old.every(({ closed }) => closed),
				`${afterMs} ms after it began`,
			).toBe(true);
			await clock.advance(60_000);
			expect(said.slice(before).filter(([what]) => what === 'direct')).toHaveLength(2);
			expect(finding('relay')).toBe('not-configured');
			iceServers = [stun, turn];
		}
	});
});

describe('closed', () => {
	it('lets go of the server and of both peers at once, and says nothing more', async () => {
		for (const afterMs of [lookMs / 2, 5 * lookMs + 5, 5 * lookMs + 15]) {
			[said, connections, links] = [[], [], []];
			check.begin();
			await clock.advance(afterMs);
			const before = said.length;
			check.close();
			await settle();
			expect(everythingIsClosed(), `${afterMs} ms after it began`).toBe(true);
			await clock.advance(60_000);
			expect(said).toHaveLength(before);
		}
		expect(clock.pending).toBe(0);
	});

	it('lets go of a server that is reached only then, and asks it nothing', async () => {
		let open!: () => void;
		openServer = () => new Promise((resolve) => (open = resolve));
		check.begin();
		const before = said.length;
		check.close();
		open();
		await clock.advance(60_000);
		expect(links).toEqual([{ closed: true, looks: 0, closes: 1 }]);
		expect([said.length, connections]).toEqual([before, []]);
	});
});
