import { describe, expect, it } from 'vitest';
import { settle } from '../../../tests/support/fake-clock';
import { createFakePlatform, memoryStore } from '../../../tests/support/fake-platform';
import type { IceServer } from '../protocol';
import { readPreferences, updatePreferences } from '../preferences/preferences';
import { createSetupCheck } from './setup-check';
import type { ProbeConnection, ServerLink } from './setup-probes';
import type { SignalingObstacle } from '../call/signaling/signaling';
import { Misanswer } from '../call/signaling/trpc-answer';

const stun: IceServer = { urls: ['stun:stun.example:3478'] };
const turn: IceServer = { urls: ['turn:turn.example:3478?transport=udp'], username: 'u', credential: 'c' };

/** What the network lets these two find and do. */
interface FakeNetworkFacts {
	host: boolean;
	srflx: boolean;
	relay: 'works' | 'refuses' | 'silent';
	/** Two peers that have found addresses reach each other. */
	connects: boolean;
}

interface Setup {
	iceServers?: IceServer[];
	facts?: Partial<FakeNetworkFacts>;
	link?: 'websocket' | 'http' | 'none' | SignalingObstacle;
	/** What becomes of a command on a link that is open. */
	commandFails?: SignalingObstacle;
	roundTripMs?: number;
	granted?: boolean;
}

function setUp({
	iceServers = [],
	facts: some = {},
	link = 'websocket',
	commandFails,
	roundTripMs = 30,
	granted = false,
}: Setup = {}) {
	const facts: FakeNetworkFacts = { host: true, srflx: true, relay: 'works', connects: true, ...some };
	const storage = memoryStore();
	updatePreferences(storage, { microphone: false, camera: false });
	const platform = createFakePlatform({ storage });
	const { clock, devices } = platform;
	if (granted) devices.permissions = { microphone: 'granted', camera: 'granted' };
	const made: { configuration: RTCConfiguration; closed: boolean }[] = [];
	const links: { closed: boolean }[] = [];
	const sound = { fails: false, hangs: false, on: [] as (string | null)[] };

	const check = createSetupCheck({
		platform,
		async openServer() {
			await Promise.resolve();
			if (link === 'none') throw new Error('refused');
			if (link !== 'websocket' && link !== 'http') throw new Misanswer(link);
			const state = { closed: false };
			links.push(state);
			const opened: ServerLink = {
				kind: link,
				command: () => (commandFails ? Promise.reject(new Misanswer(commandFails)) : Promise.resolve()),
				look: () =>
					new Promise((resolve) =>
						clock.after(roundTripMs, () => resolve({ count: 0, limit: 12, seats: [], iceServers })),
					),
				close: () => (state.closed = true),
			};
			return opened;
		},
		createConnection(configuration) {
			const entry = { configuration, closed: false };
			made.push(entry);
			return fakeProbe(configuration, entry);
		},
		playSound(speaker) {
			sound.on.push(speaker);
			if (sound.hangs) return new Promise<void>(() => {});
			return sound.fails ? Promise.reject(new Error('no output')) : Promise.resolve();
		},
	});

	function fakeProbe(configuration: RTCConfiguration, entry: { closed: boolean }): ProbeConnection {
		const urls = (configuration.iceServers ?? []).flatMap((server) => server.urls);
		const relayOnly = configuration.iceTransportPolicy === 'relay';
		const has = (scheme: string) => urls.some((url) => url.startsWith(scheme));
		const probe = {
			connectionState: 'new',
			iceGatheringState: 'new',
			localDescription: null as object | null,
			createDataChannel: () => ({}),
			async setLocalDescription() {
				await Promise.resolve();
				this.localDescription = {};
				clock.after(20, gather);
			},
			setRemoteDescription: () => Promise.resolve(),
			addIceCandidate: () => Promise.resolve(),
			getStats: () =>
				Promise.resolve(
					new Map<string, object>([
						['T', { id: 'T', type: 'transport', timestamp: 0, selectedCandidatePairId: 'P' }],
						['P', { id: 'P', type: 'candidate-pair', timestamp: 0, localCandidateId: 'L' }],
						[
							'L',
							{
								...{ id: 'L', type: 'local-candidate', timestamp: 0 },
								...{ candidateType: 'relay', relayProtocol: 'udp' },
							},
						],
					]),
				),
			close: () => (entry.closed = true),
		};
		const real = probe as unknown as RTCPeerConnection;
		function gather(): void {
			const types = [
				...(!relayOnly && facts.host ? ['host'] : []),
				...(!relayOnly && facts.srflx && has('stun:') ? ['srflx'] : []),
				...(facts.relay === 'works' && has('turn:') ? ['relay'] : []),
			];
			for (const type of types) {
				const candidate = { candidate: `candidate:1 1 udp 1 192.0.2.1 9 typ ${type}` };
				real.onicecandidate?.({ candidate } as RTCPeerConnectionIceEvent);
			}
			if (facts.relay === 'refuses' && has('turn:')) {
				real.onicecandidateerror?.({ errorCode: 401 } as RTCPeerConnectionIceErrorEvent);
			}
			probe.iceGatheringState = 'complete';
			real.onicegatheringstatechange?.(new Event('icegatheringstatechange'));
			if (types.length === 0 || !facts.connects) return;
			clock.after(20, () => {
				probe.connectionState = 'connected';
				real.onconnectionstatechange?.(new Event('connectionstatechange'));
			});
		}
		return real;
	}

	return { ...{ check, platform, clock, devices, made, links, sound, storage }, facts };
}

describe('by itself', () => {
	it('reaches the server, connects two peers and tries the relay, and lets go of all of it', async () => {
		const { check, clock, made, links, devices } = setUp({ iceServers: [stun, turn] });
		expect(check.snapshot.verdict).toBe('checking');
		await clock.advance(5_000);
		expect(check.snapshot.findings).toMatchObject({ server: 'websocket', direct: 'works', relay: 'works' });
		expect(check.snapshot).toMatchObject({ roundTripMs: 30, relayProtocol: 'udp', verdict: 'needs-you' });
		expect(made.map(({ configuration }) => configuration.iceTransportPolicy)).toEqual([
			...['all', 'all', 'relay', 'relay'],
		]);
		expect([...made, ...links].every(({ closed }) => closed)).toBe(true);
		expect(devices.calls, 'asks for no device').toEqual([]);
		check.close();
		await settle();
		expect(clock.pending).toBe(0);
	});

	it('starts the devices only where the browser will not ask', async () => {
		const { devices, clock } = setUp({ granted: true });
		await clock.advance(1_000);
		expect(devices.questions).toBe(0);
		expect(devices.live).toHaveLength(2);
	});

	it('says that a server is reached over HTTP, slowly, not at all, or that there is no network', async () => {
		const found = async (setup: Setup, online = true) => {
			const { check, clock, platform } = setUp(setup);
			platform.network.online = online;
			await clock.advance(20_000);
			return [check.snapshot.findings.server, check.snapshot.verdict];
		};
		expect(await found({ link: 'http' })).toEqual(['http', 'limited']);
		expect(await found({ roundTripMs: 900 })).toEqual(['slow', 'limited']);
		expect(await found({ link: 'none' })).toEqual(['unreachable', 'blocked']);
		expect(await found({ link: 'none' }, false)).toEqual(['offline', 'blocked']);
	});

	it('says what stands in the way, also of commands alone', async () => {
		const found = async (setup: Setup) => {
			const { check, clock, links } = setUp(setup);
			await clock.advance(20_000);
			expect(links.every(({ closed }) => closed)).toBe(true);
			return [check.snapshot.findings.server, check.snapshot.verdict];
		};
		expect(await found({ link: 'origin-refused' })).toEqual(['origin-refused', 'blocked']);
		expect(await found({ link: 'buffered' })).toEqual(['buffered', 'blocked']);
		expect(await found({ link: 'http', commandFails: 'blocked' })).toEqual(['blocked', 'blocked']);
	});

	it('judges the direct way by the addresses that were found', async () => {
		const found = async (setup: Setup) => {
			const { check, clock } = setUp(setup);
			await clock.advance(30_000);
			return check.snapshot.findings.direct;
		};
		expect(await found({ iceServers: [stun] })).toBe('works');
		expect(await found({ iceServers: [] })).toBe('unknown');
		expect(await found({ iceServers: [stun], facts: { srflx: false } })).toBe('local-only');
		expect(await found({ iceServers: [stun], facts: { connects: false } })).toBe('none');
		expect(await found({ facts: { host: false } })).toBe('unsupported');
	});

	it('tells a relay that refuses from one that is silent, and waits for neither for ever', async () => {
		const found = async (facts: Partial<FakeNetworkFacts>) => {
			const { check, clock } = setUp({ iceServers: [stun, turn], facts });
			await clock.advance(30_000);
			return check.snapshot.findings.relay;
		};
		expect(await found({ relay: 'refuses' })).toBe('refused');
		expect(await found({ relay: 'silent' })).toBe('unreachable');
		const { check, clock } = setUp({ link: 'none' });
		await clock.advance(30_000);
		expect(check.snapshot.findings.relay).toBe('not-tried');
	});

	it('checked again in the middle begins anew, and only the new answers count', async () => {
		const { check, clock, made } = setUp({ iceServers: [stun] });
		await clock.advance(160);
		expect(made).toHaveLength(2);
		check.checkNetwork();
		expect(check.snapshot.findings.server).toBe('trying');
		await clock.advance(10_000);
		expect(check.snapshot.findings).toMatchObject({ direct: 'works', relay: 'not-configured' });
		expect(made.every(({ closed }) => closed)).toBe(true);
	});
});

describe('with a click', () => {
	it('tries camera and microphone whatever was wanted last time, and changes nothing of that', async () => {
		const { check, clock, devices, storage } = setUp();
		check.startDevices();
		await clock.advance(500);
		expect(check.snapshot.findings).toMatchObject({ camera: 'on', microphone: 'listening' });
		expect(devices.questions).toBe(1);
		check.chooseDevice('camera', 'cam-back');
		await settle();
		const kept = readPreferences(storage);
		expect([kept.microphone, kept.camera, kept.devices.camera?.id]).toEqual([false, false, 'cam-back']);
		check.close();
		expect(devices.live).toEqual([]);
	});

	it('hears a voice, says when it hears none, and goes on listening', async () => {
		const { check, clock, platform, devices } = setUp();
		check.startDevices();
		await clock.advance(7_000);
		expect(check.snapshot.findings.microphone).toBe('quiet');
		const microphone = devices.live.find(({ kind }) => kind === 'audio');
		platform.levels.set(microphone?.id ?? '', 0.2);
		await clock.advance(300);
		expect(check.snapshot.findings.microphone).toBe('heard');
	});

	it('says what keeps a device away, and has it when that is mended', async () => {
		const { check, clock, devices } = setUp();
		devices.answer = 'deny';
		check.startDevices();
		await clock.advance(500);
		expect(check.snapshot.findings).toMatchObject({ camera: 'failed', microphone: 'failed' });
		expect(check.snapshot.media.camera.failure?.code).toBe('denied');
		devices.setPermission('camera', 'granted');
		await clock.advance(500);
		expect(check.snapshot.findings).toMatchObject({ camera: 'on', microphone: 'failed' });
	});

	it('plays on the chosen speaker and believes what the person says', async () => {
		const { check, sound, devices } = setUp();
		devices.permissions = { microphone: 'granted', camera: 'granted' };
		check.startDevices();
		await settle();
		check.chooseDevice('speaker', 'spk-desk');
		check.playSound();
		expect(check.snapshot.findings.speaker).toBe('playing');
		await settle();
		expect(check.snapshot.findings.speaker).toBe('asking');
		check.answerSound(false);
		expect(check.snapshot.states.speaker).toBe('bad');
		sound.fails = true;
		check.playSound();
		await settle();
		expect(check.snapshot.findings.speaker).toBe('unplayable');
		expect(sound.on).toEqual(['spk-desk', 'spk-desk']);
	});

	it('does not wait without end for a sound that never begins', async () => {
		const { check, sound, clock } = setUp();
		sound.hangs = true;
		check.playSound();
		await clock.advance(4_000);
		expect(check.snapshot.findings.speaker).toBe('playing');
		await clock.advance(1_500);
		expect(check.snapshot.findings.speaker).toBe('unplayable');
		sound.hangs = false;
		check.playSound();
		await settle();
		expect(check.snapshot.findings.speaker).toBe('asking');
	});
});
