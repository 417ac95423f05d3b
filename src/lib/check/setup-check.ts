/**
 * "Can I call from here?" Tries everything a call needs and says how each stands: by itself where nobody has to be asked,
 * on a click where a person or a permission is needed. Joins no room, and remembers only the devices that are chosen.
 */
import { createLocalMedia } from '../call/media/local-media';
import { createMicrophoneLevel } from '../call/media/microphone-level';
import type { Platform, Unsubscribe } from '../platform/platform';
import type { SignalingObstacle } from '../call/signaling/signaling';
import type { DeviceKind, LocalMediaSnapshot, LocalSource } from '../call/media/media-state';
import {
	probePath,
	probeServer,
	type PathResult,
	type ProbeConnection,
	type ServerLink,
	type ServerResult,
} from './setup-probes';
import { obstacleOf } from '../call/signaling/trpc-answer';

export const checkSteps = ['camera', 'microphone', 'speaker', 'server', 'direct', 'relay'] as const;
export type CheckStep = (typeof checkSteps)[number];

/** `waiting`: for a click. `unsure`: works, with something to know. `skipped`: there is nothing to try. */
export type StepState = 'waiting' | 'running' | 'good' | 'unsure' | 'bad' | 'skipped';

/** What was found, by step; words for each stand in the interface. */
export interface Findings {
	camera: 'not-asked' | 'starting' | 'on' | 'failed';
	microphone: 'not-asked' | 'starting' | 'listening' | 'heard' | 'quiet' | 'failed';
	speaker: 'not-asked' | 'playing' | 'asking' | 'heard' | 'not-heard' | 'unplayable';
	server: 'trying' | 'websocket' | 'http' | 'slow' | 'offline' | 'unreachable' | SignalingObstacle;
	/** `unknown`: works within this network; beyond it nobody can say without an address server. */
	direct: 'trying' | 'works' | 'unknown' | 'local-only' | 'none' | 'unsupported';
	relay: 'trying' | 'works' | 'not-configured' | 'refused' | 'unreachable' | 'not-tried';
}

/** `needs-you`: nothing is wrong so far, and something waits for a click. */
export type Verdict = 'checking' | 'needs-you' | 'ready' | 'limited' | 'blocked';

export interface CheckSnapshot {
	findings: Findings;
	states: Record<CheckStep, StepState>;
	verdict: Verdict;
	/** Milliseconds there and back; `null` until measured. */
	roundTripMs: number | null;
	/** How the relay is reached; `null` where it isn't. */
	relayProtocol: 'udp' | 'tcp' | 'tls' | null;
	media: LocalMediaSnapshot;
}

export interface SetupCheckPorts {
	platform: Platform;
	openServer(signal: AbortSignal): Promise<ServerLink>;
	createConnection(configuration: RTCConfiguration): ProbeConnection;
	/** Resolves when it has been played, rejects where it can't be. */
	playSound(speaker: string | null): Promise<void>;
}

export interface SetupCheck {
	readonly snapshot: CheckSnapshot;
	onSnapshot(listener: (snapshot: CheckSnapshot) => void): Unsubscribe;
	/** Server, direct connection and relay, anew. */
	checkNetwork(): void;
	/** From a click: the browser may ask. */
	startDevices(): void;
	retryDevice(source: 'microphone' | 'camera'): void;
	chooseDevice(kind: DeviceKind, id: string | null): void;
	/** How loud the microphone is right now, 0 to 1. */
	microphoneLevel(): number;
	/** From a click: browsers play nothing before one. */
	playSound(): void;
	/** The person's answer to whether they heard it. */
	answerSound(heard: boolean): void;
	close(): void;
}

const levelIntervalMs = 100;
/** Louder than the hiss of an open microphone, quieter than somebody speaking at arm's length: 40 dB below full. */
const heardLevel = 0.01;
const quietAfterMs = 6_000;
/** Two notes take under a second. Firefox without any output never begins, and doesn't say so. */
const soundMaxMs = 5_000;
/** At a delay of half of this people begin to interrupt each other (ITU-T G.114). */
const slowRoundTripMs = 400;
const directTimeoutMs = 8_000;
const relayTimeoutMs = 12_000;

export function createSetupCheck(ports: SetupCheckPorts): SetupCheck {
	const { platform } = ports;
	const { clock } = platform;
	const listeners = new Set<(snapshot: CheckSnapshot) => void>();
	let findings: Findings = {
		...{ camera: 'not-asked', microphone: 'not-asked', speaker: 'not-asked' },
		...{ server: 'trying', direct: 'trying', relay: 'trying' },
	};
	let roundTripMs: number | null = null;
	let relayProtocol: CheckSnapshot['relayProtocol'] = null;
	let started = false;
	let heardSamples = 0;
	let listeningSince = 0;
	let run = new AbortController();

	const level = createMicrophoneLevel(platform);
	const media = createLocalMedia(
		platform,
		{
			changed: showDevices,
			trackChanged(slot, track) {
				if (slot !== 'microphone') return;
				level.setTrack(track);
				heardSamples = 0;
				listeningSince = clock.now();
				showDevices();
			},
			notice: () => {},
		},
		{ microphone: true, camera: true },
	);
	let snapshot = takeSnapshot();

	const stopListening = clock.every(levelIntervalMs, () => {
		if (!started || findings.microphone === 'heard') return;
		if (level.read() > heardLevel) heardSamples++;
		showDevices();
	});

	async function startIfAllowed(): Promise<void> {
		const asked = (['microphone', 'camera'] as const).map((source) =>
			platform.mediaDevices?.permission(source),
		);
		const allowed = (await Promise.all(asked)).every((state) => state === 'granted');
		if (allowed && !run.signal.aborted) startDevices();
	}

	function startDevices(): void {
		if (started) return;
		started = true;
		listeningSince = clock.now();
		media.start();
		showDevices();
	}

	function showDevices(): void {
		if (!started) return;
		const { camera, microphone } = media.snapshot;
		update({ camera: deviceFinding(camera), microphone: microphoneFinding(microphone) });
	}

	function microphoneFinding(source: LocalSource): Findings['microphone'] {
		const finding = deviceFinding(source);
		if (finding !== 'on') return finding;
		// One loud sample may be the click of the microphone being opened.
		if (heardSamples >= 2) return 'heard';
		return clock.now() - listeningSince < quietAfterMs ? 'listening' : 'quiet';
	}

	async function checkNetwork(): Promise<void> {
		run.abort();
		const own = (run = new AbortController());
		const stands = () => !own.signal.aborted;
		roundTripMs = null;
		relayProtocol = null;
		update({ server: 'trying', direct: 'trying', relay: 'trying' });

		const reached = await reachServer(own.signal);
		if (!stands()) return;
		const server = typeof reached === 'object' ? reached : null;
		roundTripMs = server?.roundTripMs ?? null;
		update({ server: serverFinding(reached, platform.network.online) });
		const iceServers = server?.iceServers ?? [];
		const stun = iceServers.some(({ urls }) => urls.some((url) => /^(stun|turn)s?:/.test(url)));

		const direct = await probePath(
			clock,
			ports.createConnection,
			{ iceServers, relayOnly: false, timeoutMs: directTimeoutMs, ...(stun ? { await: 'srflx' } : {}) },
			own.signal,
		);
		if (!stands()) return;
		update({ direct: directFinding(direct, stun) });

		if (!server) return update({ relay: 'not-tried' });
		if (!hasRelay(server)) return update({ relay: 'not-configured' });
		const relay = await probePath(
			clock,
			ports.createConnection,
			{ iceServers, relayOnly: true, timeoutMs: relayTimeoutMs },
			own.signal,
		);
		if (!stands()) return;
		relayProtocol = relay.path?.relayProtocol ?? null;
		update({ relay: relayFinding(relay) });
	}

	async function reachServer(signal: AbortSignal): Promise<ServerResult | SignalingObstacle | null> {
		let link: ServerLink | null = null;
		try {
			link = await ports.openServer(signal);
			return await probeServer(clock, link);
		} catch (error) {
			return obstacleOf(error);
		} finally {
			link?.close();
		}
	}

	async function playSound(): Promise<void> {
		if (findings.speaker === 'playing') return;
		update({ speaker: 'playing' });
		let stopWaiting = () => {};
		try {
			await new Promise<void>((resolve, reject) => {
				stopWaiting = clock.after(soundMaxMs, () => reject(new Error('no sound came')));
				ports.playSound(media.snapshot.chosen.speaker).then(resolve, reject);
			});
			update({ speaker: 'asking' });
		} catch {
			update({ speaker: 'unplayable' });
		} finally {
			stopWaiting();
		}
	}

	function update(change: Partial<Findings>): void {
		findings = { ...findings, ...change };
		const next = takeSnapshot();
		const keys = Object.keys(findings) as CheckStep[];
		const same =
			next.media === snapshot.media &&
			next.roundTripMs === snapshot.roundTripMs &&
			next.relayProtocol === snapshot.relayProtocol &&
			keys.every((key) => next.findings[key] === snapshot.findings[key]);
		if (same) return;
		snapshot = next;
		for (const listener of listeners) listener(snapshot);
	}

	function takeSnapshot(): CheckSnapshot {
		const states = statesOf(findings);
		return {
			findings,
			states,
			verdict: verdictOf(states),
			roundTripMs,
			relayProtocol,
			media: media.snapshot,
		};
	}

	void checkNetwork();
	void startIfAllowed();

	return {
		get snapshot() {
			return snapshot;
		},
		onSnapshot(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		checkNetwork: () => void checkNetwork(),
		startDevices,
		retryDevice: (source) => media.retry(source),
		chooseDevice: (kind, id) => media.chooseDevice(kind, id),
		microphoneLevel: () => level.read(),
		playSound: () => void playSound(),
		answerSound: (heard) => update({ speaker: heard ? 'heard' : 'not-heard' }),
		close() {
			run.abort();
			stopListening();
			media.release();
			listeners.clear();
		},
	};
}

function deviceFinding({ state, failure }: LocalSource): 'starting' | 'on' | 'failed' {
	// Nothing is known to be wrong before the person has answered.
	if (failure?.code === 'asking') return 'starting';
	return state === 'on' || state === 'failed' ? state : 'starting';
}

function serverFinding(server: ServerResult | SignalingObstacle | null, online: boolean): Findings['server'] {
	if (!server) return online ? 'unreachable' : 'offline';
	if (typeof server === 'string') return server;
	if (server.roundTripMs > slowRoundTripMs) return 'slow';
	return server.via;
}

/** `asked`: an address server was there to tell how the outside sees this browser. */
function directFinding({ connected, candidates }: PathResult, asked: boolean): Findings['direct'] {
	if (!connected) return candidates.size === 0 ? 'unsupported' : 'none';
	if (!asked) return 'unknown';
	return candidates.has('srflx') ? 'works' : 'local-only';
}

function relayFinding({ connected, errors }: PathResult): Findings['relay'] {
	if (connected) return 'works';
	return errors.has(401) || errors.has(403) ? 'refused' : 'unreachable';
}

function hasRelay({ iceServers }: ServerResult): boolean {
	return iceServers.some(({ urls }) => urls.some((url) => /^turns?:/.test(url)));
}

const stateOf: { [Step in CheckStep]: Record<Findings[Step], StepState> } = {
	camera: { 'not-asked': 'waiting', starting: 'running', on: 'good', failed: 'bad' },
	microphone: {
		...{ 'not-asked': 'waiting', starting: 'running', listening: 'running' },
		...{ heard: 'good', quiet: 'unsure', failed: 'bad' },
	},
	speaker: {
		...{ 'not-asked': 'waiting', playing: 'running', asking: 'waiting' },
		...{ heard: 'good', 'not-heard': 'bad', unplayable: 'bad' },
	},
	server: {
		...{ trying: 'running', websocket: 'good', http: 'unsure', slow: 'unsure' },
		...{ offline: 'bad', unreachable: 'bad' },
		...{ 'origin-refused': 'bad', blocked: 'bad', intercepted: 'bad', buffered: 'bad' },
	},
	direct: {
		...{ trying: 'running', works: 'good', unknown: 'unsure', 'local-only': 'unsure' },
		...{ none: 'bad', unsupported: 'bad' },
	},
	relay: {
		...{ trying: 'running', works: 'good', 'not-configured': 'skipped', 'not-tried': 'skipped' },
		...{ refused: 'bad', unreachable: 'bad' },
	},
};

export function statesOf(findings: Findings): Record<CheckStep, StepState> {
	return {
		camera: stateOf.camera[findings.camera],
		microphone: stateOf.microphone[findings.microphone],
		speaker: stateOf.speaker[findings.speaker],
		server: stateOf.server[findings.server],
		direct: stateOf.direct[findings.direct],
		relay: stateOf.relay[findings.relay],
	};
}

/** The whole in one word. A relay makes up for a direct way that is missing, and is not missed where that is there. */
export function verdictOf(states: Record<CheckStep, StepState>): Verdict {
	const { camera, microphone, speaker, server, direct, relay } = states;
	if (server === 'bad') return 'blocked';
	if ([server, direct, relay].includes('running')) return 'checking';
	const path = direct === 'good' || relay === 'good' ? 'good' : direct;
	if (path === 'bad') return 'blocked';
	const devices = [camera, microphone, speaker];
	if (path === 'unsure' || devices.includes('bad') || devices.includes('unsure')) return 'limited';
	if (devices.includes('waiting')) return 'needs-you';
	return devices.includes('running') ? 'checking' : 'ready';
}
