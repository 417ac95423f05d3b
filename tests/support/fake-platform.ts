/**
 * The ports without a browser: a clock that a test moves, seeded randomness, devices, a network and storage that do as
 * they are told.
 */
import type {
	Arrival,
	KeyValueStore,
	LevelMeter,
	NetworkPort,
	PeerConnection,
	Platform,
	Unsubscribe,
} from '../../src/lib/platform/platform';
import { FakeClock } from './fake-clock';
import { FakeMediaDevices, FakeMediaStream, type FakeDevice } from './fake-media-devices';
import { seededRandom, type Random } from './random';

type NetworkChange = Parameters<Parameters<NetworkPort['onChange']>[0]>[0];

export class FakeNetwork implements NetworkPort {
	online = true;
	saveData = false;
	readonly #listeners = new Set<(what: NetworkChange) => void>();

	get listeners(): number {
		return this.#listeners.size;
	}

	onChange(listener: (what: NetworkChange) => void): Unsubscribe {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	/** `online` and `offline` change what `online` says as well. */
	change(what: NetworkChange): void {
		if (what === 'online' || what === 'offline') this.online = what === 'online';
		for (const listener of [...this.#listeners]) listener(what);
	}
}

export function memoryStore(entries = new Map<string, string>()): KeyValueStore {
	return {
		get: (key) => entries.get(key) ?? null,
		set: (key, value) => void entries.set(key, value),
		remove: (key) => void entries.delete(key),
	};
}

export interface FakePlatformOptions {
	clock?: FakeClock;
	random?: Random;
	devices?: FakeDevice[];
	/** False: the platform has no `mediaDevices`. */
	mediaDevices?: boolean;
	secureContext?: boolean;
	/** Without it a peer connection can't be made. */
	createPeerConnection?: (configuration: RTCConfiguration) => PeerConnection;
	/** Shared between tabs of one browser; `tabStorage` is copied when a tab is duplicated. */
	storage?: KeyValueStore;
	tabStorage?: KeyValueStore;
	locks?: Set<string>;
	/** `opened` unless told. */
	arrival?: Arrival;
}

export interface FakePlatform extends Platform {
	readonly clock: FakeClock;
	readonly devices: FakeMediaDevices;
	readonly network: FakeNetwork;
	/** What meters read, by track id. */
	readonly levels: Map<string, number>;
	readonly openMeters: ReadonlySet<LevelMeter>;
	/** What a browser does when the page goes: lets go of its locks. */
	unload(): void;
}

export function createFakePlatform(options: FakePlatformOptions = {}): FakePlatform {
	const clock = options.clock ?? new FakeClock();
	const random = options.random ?? seededRandom(1);
	const devices = new FakeMediaDevices(clock, options.devices);
	const locks = options.locks ?? new Set<string>();
	const held = new Set<string>();
	const levels = new Map<string, number>();
	const openMeters = new Set<LevelMeter>();

	return {
		clock,
		devices,
		levels,
		openMeters,
		randomBytes: (length) => Uint8Array.from({ length }, () => random.below(256)),
		createPeerConnection(configuration) {
			if (!options.createPeerConnection) throw new Error('this fake platform was given no peer connections');
			return options.createPeerConnection(configuration);
		},
		createMediaStream: (tracks) => new FakeMediaStream(tracks).asStream(),
		secureContext: options.secureContext ?? true,
		mediaDevices: (options.mediaDevices ?? true) ? devices : undefined,
		network: new FakeNetwork(),
		storage: options.storage ?? memoryStore(),
		tabStorage: options.tabStorage ?? memoryStore(),
		arrival: options.arrival ?? 'opened',
		holdLock(name) {
			if (locks.has(name)) return Promise.resolve(false);
			locks.add(name);
			held.add(name);
			return Promise.resolve(true);
		},
		createLevelMeter(track) {
			const meter: LevelMeter = {
				read: () => (openMeters.has(meter) ? (levels.get(track.id) ?? 0) : 0),
				close: () => void openMeters.delete(meter),
			};
			openMeters.add(meter);
			return meter;
		},
		unload() {
			for (const name of held) locks.delete(name);
			held.clear();
		},
	};
}
