/**
 * Microphones, cameras, speakers and a screen that a test can plug, unplug, hold busy, refuse and interrupt. Behaves as
 * Chromium does where the specification leaves room: devices stay nameless until permission is given.
 */
import type { Clock, MediaDevicesPort, Unsubscribe } from '../../src/lib/platform/platform';

export type FakeSource = 'microphone' | 'camera';

export interface FakeDevice {
	kind: FakeSource | 'speaker';
	id: string;
	label: string;
}

export const usualDevices: FakeDevice[] = [
	{ kind: 'microphone', id: 'mic-desk', label: 'Desk microphone' },
	{ kind: 'microphone', id: 'mic-headset', label: 'Headset' },
	{ kind: 'camera', id: 'cam-front', label: 'Front camera' },
	{ kind: 'camera', id: 'cam-back', label: 'Back camera' },
	{ kind: 'speaker', id: 'spk-desk', label: 'Desk speakers' },
];

let trackCount = 0;

export class FakeTrack extends EventTarget {
	readonly id = `track-${++trackCount}`;
	enabled = true;
	muted = false;
	contentHint = '';
	readyState: MediaStreamTrackState = 'live';

	constructor(
		readonly kind: 'audio' | 'video',
		readonly label = '',
		readonly deviceId?: string,
	) {
		super();
	}

	getSettings(): MediaTrackSettings {
		return this.deviceId === undefined ? {} : { deviceId: this.deviceId };
	}

	/** As in the specification, one's own `stop()` fires no `ended`. */
	stop(): void {
		this.readyState = 'ended';
	}

	/** The device went away, or the person used the browser's own "stop". */
	end(): void {
		if (this.readyState === 'ended') return;
		this.readyState = 'ended';
		this.dispatchEvent(new Event('ended'));
	}

	setMuted(muted: boolean): void {
		this.muted = muted;
		this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
	}

	asTrack(): MediaStreamTrack {
		return this as unknown as MediaStreamTrack;
	}
}

let streamCount = 0;

export class FakeMediaStream {
	readonly id = `stream-${++streamCount}`;

	constructor(readonly tracks: MediaStreamTrack[]) {}

	getTracks = () => [...this.tracks];
	getAudioTracks = () => this.tracks.filter((track) => track.kind === 'audio');
	getVideoTracks = () => this.tracks.filter((track) => track.kind === 'video');

	asStream(): MediaStream {
		return this as unknown as MediaStream;
	}
}

export type Answer = 'allow' | 'deny' | 'dismiss';

export class FakeMediaDevices implements MediaDevicesPort {
	canChooseSpeaker = true;
	/** What each `getUserMedia` asked for, in order. */
	readonly calls: MediaStreamConstraints[] = [];
	/** How often the person was asked. */
	questions = 0;
	/** What the person says to a question; `wait` leaves it open until `answerNow`. */
	answer: Answer | 'wait' = 'allow';
	/** False: a browser whose permissions can't be read. */
	canTellPermissions = true;
	permissions: Record<FakeSource, PermissionState> = { microphone: 'prompt', camera: 'prompt' };
	/** The operating system refuses these to the browser. */
	readonly systemRefuses = new Set<FakeSource>();
	/** Held by another application, by device id. */
	readonly busy = new Set<string>();
	/** Kinds of which only one device can be open at a time, as Android's cameras. */
	readonly exclusive = new Set<FakeSource>();
	/** How long the opening of a device takes. */
	delayMs = 0;
	/** Devices, by source or by id, whose drivers answer nothing until `wake`. */
	readonly hanging = new Set<string>();
	/** Neither the list of devices nor the permissions are told. */
	tellsNothing = false;
	/** What the person does with the picker of screens. */
	picker: 'share' | 'share-with-sound' | 'cancel' | 'refused-by-system' | 'wait' = 'share';
	/** Every track ever given. */
	readonly tracks: FakeTrack[] = [];

	readonly #clock: Clock;
	#devices: FakeDevice[];
	readonly #listeners = new Set<() => void>();
	#openQuestions: ((answer: Answer) => void)[] = [];
	#hung: (() => void)[] = [];
	#openPickers: ((picker: FakeMediaDevices['picker']) => void)[] = [];

	constructor(clock: Clock, devices: readonly FakeDevice[] = usualDevices) {
		this.#clock = clock;
		this.#devices = [...devices];
	}

	/** What has its light on. */
	get live(): FakeTrack[] {
		return this.tracks.filter((track) => track.readyState === 'live');
	}

	/** The labels of what is live, for short expectations. */
	get liveLabels(): string[] {
		return this.live.map((track) => track.label).sort();
	}

	get listeners(): number {
		return this.#listeners.size;
	}

	plug(device: FakeDevice): void {
		this.#devices.push(device);
		this.#changed();
	}

	unplug(id: string): void {
		this.#devices = this.#devices.filter((device) => device.id !== id);
		for (const track of this.live) if (track.deviceId === id) track.end();
		this.#changed();
	}

	setPermission(source: FakeSource, state: PermissionState): void {
		this.permissions[source] = state;
		this.#changed();
	}

	answerNow(answer: Answer): void {
		for (const resolve of this.#openQuestions.splice(0)) resolve(answer);
	}

	/** Drivers answer again, also to what was asked while they hung. */
	wake(): void {
		this.hanging.clear();
		for (const resume of this.#hung.splice(0)) resume();
	}

	/** Pickers that wait for an answer, the first one first. */
	get openPickers(): readonly ((picker: FakeMediaDevices['picker']) => void)[] {
		return this.#openPickers;
	}

	pickNow(picker: FakeMediaDevices['picker']): void {
		for (const resolve of this.#openPickers.splice(0)) resolve(picker);
	}

	enumerateDevices = async (): Promise<MediaDeviceInfo[]> => {
		if (this.tellsNothing) return new Promise(() => {});
		const infos: MediaDeviceInfo[] = [];
		for (const kind of ['microphone', 'camera', 'speaker'] as const) {
			const ofKind = this.#devices.filter((device) => device.kind === kind);
			const named = this.permissions[kind === 'camera' ? 'camera' : 'microphone'] === 'granted';
			const shown = named ? ofKind : ofKind.slice(0, 1).map(() => ({ kind, id: '', label: '' }));
			for (const { id, label } of shown) infos.push(deviceInfo(infoKinds[kind], id, label));
		}
		return Promise.resolve(infos);
	};

	permission = (source: FakeSource): Promise<PermissionState | undefined> =>
		this.tellsNothing
			? new Promise(() => {})
			: Promise.resolve(this.canTellPermissions ? this.permissions[source] : undefined);

	onDeviceChange(listener: () => void): Unsubscribe {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	getUserMedia = async (constraints?: MediaStreamConstraints): Promise<MediaStream> => {
		this.calls.push(constraints ?? {});
		const wanted = [
			{ source: 'microphone' as const, given: constraints?.audio },
			{ source: 'camera' as const, given: constraints?.video },
		].filter(({ given }) => given !== undefined && given !== false);
		if (wanted.length === 0) throw new TypeError('At least one of audio and video must be requested');

		// Checked before the question, as browsers do.
		const devices = wanted.map(({ source, given }) => this.#find(source, given));
		await this.#ask(wanted.map(({ source }) => source));
		if (this.delayMs > 0) await new Promise<void>((resolve) => this.#clock.after(this.delayMs, resolve));
		else await Promise.resolve();
		if (devices.some(({ id, kind }) => this.hanging.has(id) || this.hanging.has(kind))) {
			await new Promise<void>((resolve) => this.#hung.push(resolve));
		}

		for (const { source } of wanted) {
			if (this.systemRefuses.has(source)) throw refusal('Permission denied by system');
		}
		for (const device of devices) this.#checkReadable(device);
		const tracks = devices.map((device) => {
			const track = new FakeTrack(device.kind === 'camera' ? 'video' : 'audio', device.label, device.id);
			// Unplugged while it was being opened.
			if (!this.#devices.some(({ id }) => id === device.id)) track.stop();
			return this.#give(track);
		});
		return new FakeMediaStream(tracks).asStream();
	};

	getDisplayMedia = async (): Promise<MediaStream> => {
		let { picker } = this;
		if (picker === 'wait') picker = await new Promise((resolve) => this.#openPickers.push(resolve));
		else await Promise.resolve();
		if (picker === 'cancel') throw refusal('Permission denied by user');
		if (picker === 'refused-by-system') throw refusal('Permission denied by system');
		const tracks = [this.#give(new FakeTrack('video', 'screen'))];
		if (picker === 'share-with-sound') tracks.push(this.#give(new FakeTrack('audio', 'sound')));
		return new FakeMediaStream(tracks).asStream();
	};

	#give(track: FakeTrack): MediaStreamTrack {
		this.tracks.push(track);
		return track.asTrack();
	}

	#find(source: FakeSource, given: boolean | MediaTrackConstraints | undefined): FakeDevice {
		const candidates = this.#devices.filter((device) => device.kind === source);
		const wish = typeof given === 'object' ? (given.deviceId as ConstrainDOMStringParameters) : undefined;
		const found = candidates.find((device) => device.id === (wish?.exact ?? wish?.ideal));
		if (wish?.exact !== undefined && !found && candidates.length > 0) {
			throw Object.assign(new Error(''), { name: 'OverconstrainedError', constraint: 'deviceId' });
		}
		const device = found ?? candidates[0];
		if (!device) throw new DOMException('Requested device not found', 'NotFoundError');
		return device;
	}

	async #ask(sources: FakeSource[]): Promise<void> {
		if (sources.some((source) => this.permissions[source] === 'denied')) throw refusal('Permission denied');
		if (sources.every((source) => this.permissions[source] === 'granted')) return;
		this.questions++;
		const { answer: prepared } = this;
		const answer =
			prepared === 'wait'
				? await new Promise<Answer>((resolve) => this.#openQuestions.push(resolve))
				: prepared;
		if (answer === 'dismiss') throw refusal('Permission dismissed');
		for (const source of sources) {
			this.permissions[source] = answer === 'allow' ? 'granted' : 'denied';
		}
		if (answer === 'deny') throw refusal('Permission denied');
	}

	#checkReadable(device: FakeDevice): void {
		const source = device.kind as FakeSource;
		const kind = source === 'camera' ? 'video' : 'audio';
		const taken = this.exclusive.has(source) && this.live.some((track) => track.kind === kind);
		if (taken || this.busy.has(device.id)) {
			throw new DOMException(`Could not start ${kind} source`, 'NotReadableError');
		}
	}

	#changed(): void {
		for (const listener of [...this.#listeners]) listener();
	}
}

const infoKinds = { microphone: 'audioinput', camera: 'videoinput', speaker: 'audiooutput' } as const;

function deviceInfo(kind: MediaDeviceKind, deviceId: string, label: string): MediaDeviceInfo {
	const info = { kind, deviceId, label, groupId: '' };
	return { ...info, toJSON: () => info };
}

function refusal(message: string): DOMException {
	return new DOMException(message, 'NotAllowedError');
}
