/**
 * The person's own microphone, camera and screen: which devices there are, which of them are used, and one snapshot of everything. Choices
 * are remembered for the next visit. Knows nothing of peers: tracks leave through `trackChanged`.
 */
import { facingOf, nextCamera } from './camera-facing';
import { createChosenDevices, type Choices } from './chosen-devices';
import type { DeviceNotice } from './media-state';
import { createCapture, type DeviceWish } from './capture';
import type { CaptureSource } from './media-state';
import {
	deviceChange,
	deviceKinds,
	listDevices,
	noDevices,
	resolveDevice,
	type DeviceList,
	type RememberedDevice,
} from './device-choice';
import { watchCapture } from './capture-watch';
import { createDeviceSource, type DeviceSource } from './device-source';
import { mayBeAsking } from './open-question';
import type { Platform, Unsubscribe } from '../../platform/platform';
import { readPreferences, updatePreferences } from '../../preferences/preferences';
import { createReconciler } from '../../platform/reconcile';
import { createScreenShare } from './screen-share';
import type { DeviceKind, LocalMediaSnapshot } from './media-state';
import type { Slot } from '../transport/transport';

export interface LocalMediaEvents {
	changed(snapshot: LocalMediaSnapshot): void;
	/** What to send in a slot from now on. A muted microphone keeps its track, disabled. */
	trackChanged(slot: Slot, track: MediaStreamTrack | null): void;
	notice(notice: DeviceNotice): void;
	/**
	 * What a track has delivered so far by the statistics of one peer, in any measure that grows. Asked for where the platform doesn't
	 * count it on the track itself. `null` where nobody knows.
	 */
	delivered?(track: MediaStreamTrack): Promise<number | null>;
}

/** The interface has all of these as well (`MediaCommands`). */
export interface DeviceCommands {
	/** Mutes or unmutes at once. Nothing is captured before the first "on". */
	setMicrophone(on: boolean): void;
	/** Off releases the device, so that its light goes out. */
	setCamera(on: boolean): void;
	/** `true` must come from a click: the browser asks what to share. */
	setScreen(on: boolean): void;
	/** `null` is the system's default. If a device gives nothing, a notice says so, and the one before stays in use. */
	chooseDevice(kind: DeviceKind, id: string | null): void;
	/** What another tab has chosen and stored: used here too, and not written back. */
	followDevices(devices: Choices): void;
	/** Switches to the camera on the phone's other side, for this call only: the next one begins with the camera chosen before. */
	flipCamera(): void;
	/** Asks again after a failure; replaces a held track by a fresh one. */
	retry(source: CaptureSource): void;
}

export interface LocalMedia extends DeviceCommands {
	readonly snapshot: LocalMediaSnapshot;
	/** The track in a slot now: the one in the last `trackChanged`. */
	track(slot: Slot): MediaStreamTrack | null;
	/** Starts the lobby's preview: asks for what is wanted, in one question. */
	start(): void;
	/** Releases every device and the screen. Whether microphone and camera are wanted stays the same, for the next start. */
	release(): void;
}

/** `wanted`: what is on at the start; by default, the same as last time. */
export function createLocalMedia(
	platform: Platform,
	events: LocalMediaEvents,
	wanted?: Record<CaptureSource, boolean>,
): LocalMedia {
	const { mediaDevices } = platform;
	const preferences = readPreferences(platform.storage);
	const chosen = createChosenDevices(platform.storage);
	/** The device used instead of one that gave nothing, until another works; `undefined` once it is gone. */
	const kept = new Map<CaptureSource, string | null | undefined>();
	const lostLabels = new Map<CaptureSource, string>();
	let list: DeviceList = noDevices;
	let stops: Unsubscribe[] = [];

	const capture = createCapture(platform);
	const microphone = createSource('microphone');
	const camera = createSource('camera');
	const sources: Record<CaptureSource, DeviceSource> = { microphone, camera };
	const screen = createScreenShare(platform, {
		changed: () => show(),
		trackChanged: events.trackChanged,
		failed: (code) => events.notice({ type: 'screen-unavailable', code }),
	});

	let snapshot: LocalMediaSnapshot = {
		microphone: microphone.shown,
		camera: camera.shown,
		screen: screen.shown,
		devices: list.choices,
		chosen: {
			microphone: chosen.current('microphone')?.id ?? null,
			camera: chosen.current('camera')?.id ?? null,
			speaker: chosen.current('speaker')?.id ?? null,
		},
		cameraStream: null,
		cameraFacing: null,
		screenStream: null,
		canShareScreen: mediaDevices?.getDisplayMedia !== undefined,
	};

	const refresh = createReconciler<void>({
		clock: platform.clock,
		initial: undefined,
		async apply() {
			if (!mediaDevices || stops.length === 0) return;
			const infos = await mediaDevices.enumerateDevices();
			const others = setList(listDevices(infos, mediaDevices.canChooseSpeaker));
			microphone.devicesChanged(others);
			camera.devicesChanged(others);
		},
	});

	function createSource(source: CaptureSource): DeviceSource {
		return createDeviceSource(
			{
				source,
				releasesWhenOff: source === 'camera',
				wanted: (wanted ?? preferences)[source],
				clock: platform.clock,
				capture,
				permission: async () => mediaDevices?.permission(source),
				mayBeAsking: async () =>
					mediaDevices !== undefined && mayBeAsking(platform.clock, mediaDevices, source),
			},
			{
				changed: () => show(),
				trackChanged(track) {
					events.trackChanged(source, track);
					if (!track) return;
					chosen.handleWorks(source);
					if (kept.has(source) && kept.get(source) !== snapshot.chosen[source]) {
						kept.delete(source);
						events.notice({ type: 'device-available', kind: source });
					}
					// With the first track, the browser reveals the names of devices.
					refresh.again();
				},
				lost(label) {
					lostLabels.set(source, label);
					if (kept.has(source)) kept.set(source, undefined);
					refresh.again();
				},
				refused: (wish, used) => handleRefused(source, wish, used),
			},
		);
	}

	/** Returns whether the devices have changed. */
	function setList(next: DeviceList): boolean {
		const previous = list;
		const changed = JSON.stringify(previous) !== JSON.stringify(next);
		list = changed ? next : previous;
		if (changed) chosen.handleNewList();
		for (const kind of deviceKinds) {
			const change = deviceChange(kind, chosen.current(kind), labelInUse(kind), previous, list);
			if (change && isUsed(kind)) events.notice({ ...change, kind });
			applyChosen(kind);
		}
		lostLabels.clear();
		show();
		return changed;
	}

	function isUsed(kind: DeviceKind): boolean {
		return kind === 'speaker' || sources[kind].shown.wanted;
	}

	function labelInUse(kind: DeviceKind): string | null {
		if (kind === 'speaker') return null;
		return lostLabels.get(kind) ?? sources[kind].track?.label ?? null;
	}

	/** Uses the chosen device, if it is there. */
	function applyChosen(kind: DeviceKind): void {
		const id = resolveDevice(chosen.current(kind), kind, list);
		if (kind !== 'speaker') {
			if (id !== null && chosen.isRefused(kind, id)) return;
			sources[kind].setDevice(id === null ? null : { id, exact: list.known[kind] });
		}
		showChosen(kind, id);
	}

	function handleRefused(source: CaptureSource, wish: DeviceWish | null, used: DeviceWish | null): void {
		const choices = list.choices[source];
		const label = choices.find((choice) => choice.id === wish?.id)?.label ?? '';
		chosen.handleRefused(source, wish?.id ?? null);
		kept.set(source, used?.id ?? null);
		showChosen(source, used?.id ?? null);
		events.notice({ type: 'device-unavailable', kind: source, label });
	}

	function choose(kind: DeviceKind, choice: RememberedDevice | null): void {
		chosen.choose(kind, choice);
		applyChosen(kind);
	}

	function showChosen(kind: DeviceKind, id: string | null): void {
		if (snapshot.chosen[kind] !== id) show({ ...snapshot.chosen, [kind]: id });
	}

	/** Makes the next snapshot. Unchanged parts stay the same objects; if nothing has changed, nobody is told. */
	function show(inUse = snapshot.chosen): void {
		const next: LocalMediaSnapshot = {
			...snapshot,
			microphone: microphone.shown,
			camera: camera.shown,
			screen: screen.shown,
			devices: list.choices,
			chosen: inUse,
			cameraStream: streamOf(camera.track, snapshot.cameraStream),
			cameraFacing: facingOf(camera.track, list.choices.camera),
			screenStream: streamOf(screen.video, snapshot.screenStream),
		};
		const keys = Object.keys(next) as (keyof LocalMediaSnapshot)[];
		if (keys.every((key) => next[key] === snapshot[key])) return;
		snapshot = next;
		events.changed(snapshot);
	}

	function streamOf(track: MediaStreamTrack | null, current: MediaStream | null): MediaStream | null {
		if (!track || current?.getVideoTracks()[0] === track) return track && current;
		return platform.createMediaStream([track]);
	}

	function setSource(source: CaptureSource, on: boolean): void {
		sources[source].setWanted(on);
		// Switch first and store later: a slow disk must not keep anybody audible or visible.
		updatePreferences(platform.storage, { [source]: on });
	}

	return {
		get snapshot() {
			return snapshot;
		},
		track(slot) {
			if (slot === 'screen') return screen.video;
			return slot === 'screenAudio' ? screen.audio : sources[slot].track;
		},
		start() {
			if (stops.length > 0) return;
			stops = [
				platform.network.onChange((what) => {
					for (const source of [microphone, camera]) {
						if (what === 'visible') source.pageVisible();
						if (what === 'hidden') source.pageHidden();
					}
				}),
				watchCapture({
					clock: platform.clock,
					track: (source) => (sources[source].shown.wanted ? sources[source].track : null),
					delivered: (track) => platform.framesDelivered?.(track) ?? events.delivered?.(track) ?? null,
					judged: (source, flow) => sources[source].handleFlow(flow),
				}),
			];
			if (mediaDevices) stops.push(mediaDevices.onDeviceChange(() => refresh.again()));
			for (const kind of deviceKinds) applyChosen(kind);
			// Both in one task, so that the browser asks one question for both.
			microphone.setActive(true);
			camera.setActive(true);
			refresh.again();
		},
		release() {
			for (const stop of stops.splice(0)) stop();
			screen.setWanted(false);
			microphone.setActive(false);
			camera.setActive(false);
			chosen.returnToKept('camera');
		},
		setMicrophone: (on) => setSource('microphone', on),
		setCamera: (on) => setSource('camera', on),
		setScreen: (on) => screen.setWanted(on),
		chooseDevice(kind, id) {
			if (snapshot.chosen[kind] === id && chosen.isSettled(kind, id)) return;
			const label = list.choices[kind].find((choice) => choice.id === id)?.label ?? '';
			const choice = id === null ? null : { id, label };
			choose(kind, choice);
			chosen.keep(kind, choice);
		},
		followDevices(devices) {
			for (const kind of chosen.follow(devices)) applyChosen(kind);
		},
		flipCamera() {
			const inUse = snapshot.chosen.camera ?? camera.track?.getSettings().deviceId ?? null;
			const next = nextCamera(list.choices.camera, inUse);
			if (next) choose('camera', { id: next.id, label: next.label });
		},
		retry: (source) => sources[source].retry(),
	};
}
