/**
 * "Can I call from here?" Tries everything a call needs and reports on each: at once where nobody has to be asked, and on a click where a person
 * or a permission is needed. Joins no room that anybody else is in, and remembers only the devices that are chosen.
 */
import type { DeviceKind, LocalMediaSnapshot } from '../call/media/media-state';
import { createLocalMedia } from '../call/media/local-media';
import { createMicrophoneLevel } from '../call/media/microphone-level';
import type { Platform, Unsubscribe } from '../platform/platform';
import {
	deviceFinding,
	microphoneFinding,
	nothingYet,
	statesOf,
	verdictOf,
	type CheckStep,
	type Findings,
	type StepState,
	type Verdict,
} from './setup-findings';
import { createNetworkCheck, type NetworkCheckPort, type NetworkFigures } from './setup-network';

export interface CheckSnapshot extends NetworkFigures {
	findings: Findings;
	states: Record<CheckStep, StepState>;
	verdict: Verdict;
	media: LocalMediaSnapshot;
}

export interface SetupCheckPorts extends Pick<NetworkCheckPort, 'openServer' | 'createConnection'> {
	platform: Platform;
	/** Resolves when the sound has been played; rejects if it can't be. */
	playSound(speaker: string | null): Promise<void>;
}

export interface SetupCheck {
	readonly snapshot: CheckSnapshot;
	onSnapshot(listener: (snapshot: CheckSnapshot) => void): Unsubscribe;
	/** Checks the server, the direct connection and the relay again. */
	checkNetwork(): void;
	/** Must be called from a click, because the browser may ask for permission. */
	startDevices(): void;
	retryDevice(source: 'microphone' | 'camera'): void;
	chooseDevice(kind: DeviceKind, id: string | null): void;
	/** How loud the microphone is right now, 0 to 1. */
	microphoneLevel(): number;
	/** Must be called from a click, because browsers play no sound before one. */
	playSound(): void;
	/** The person's answer to whether they heard it. */
	answerSound(heard: boolean): void;
	close(): void;
}

const levelIntervalMs = 100;
/** Louder than the hiss of an open microphone, quieter than somebody speaking at arm's length: 40 dB below full. */
const heardLevel = 0.01;
/** Two notes take less than a second. Without an output, Firefox never starts playing, and does not report it. */
const soundMaxMs = 5_000;

export function createSetupCheck(ports: SetupCheckPorts): SetupCheck {
	const { platform } = ports;
	const { clock } = platform;
	const listeners = new Set<(snapshot: CheckSnapshot) => void>();
	let findings = nothingYet;
	let figures: NetworkFigures = { roundTripMs: null, relayProtocol: null };
	let closed = false;
	let started = false;
	let heardSamples = 0;
	let listeningSince = 0;

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
	const network = createNetworkCheck({
		...{ platform, found: update },
		openServer: (signal) => ports.openServer(signal),
		createConnection: (configuration) => ports.createConnection(configuration),
	});
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
		if (allowed && !closed) startDevices();
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
		update({
			camera: deviceFinding(camera),
			microphone: microphoneFinding(microphone, heardSamples, clock.now() - listeningSince),
		});
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

	function update(change: Partial<Findings>, measured: Partial<NetworkFigures> = {}): void {
		findings = { ...findings, ...change };
		figures = { ...figures, ...measured };
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
			...figures,
			media: media.snapshot,
		};
	}

	network.begin();
	void startIfAllowed();

	return {
		get snapshot() {
			return snapshot;
		},
		onSnapshot(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		checkNetwork: network.begin,
		startDevices,
		retryDevice: (source) => media.retry(source),
		chooseDevice: (kind, id) => media.chooseDevice(kind, id),
		microphoneLevel: () => level.read(),
		playSound: () => void playSound(),
		answerSound: (heard) => update({ speaker: heard ? 'heard' : 'not-heard' }),
		close() {
			closed = true;
			network.close();
			stopListening();
			media.release();
			listeners.clear();
		},
	};
}
