/**
 * The real ports. Only this file and `browser-clock.ts` touch browser globals in this folder. It only adapts: each port is a
 * thin layer over its browser API, and never throws where the port promises not to. Importing it is safe on
 * the server; calling it is for the browser.
 */
import { browserClock } from './browser-clock';
import type {
	Arrival,
	KeyValueStore,
	LevelMeter,
	MediaDevicesPort,
	NetworkPort,
	Platform,
	Unsubscribe,
} from './platform';

/**
 * How long the page we replace may still hold a lock: after a reload, the old page releases it a moment after the new one asks. On a
 * busy machine that moment has lasted more than 300 ms.
 */
const lockPatienceMs = 2_500;

export function createBrowserPlatform(): Platform {
	const platform: Platform = {
		clock: browserClock,
		randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
		createPeerConnection: (configuration) => new RTCPeerConnection(configuration),
		createMediaStream: (tracks) => new MediaStream(tracks),
		secureContext: window.isSecureContext,
		mediaDevices: createMediaDevices(),
		network: createNetwork(),
		storage: createKeyValueStore(() => window.localStorage),
		tabStorage: createKeyValueStore(() => window.sessionStorage),
		get arrival() {
			return arrivalOf(performance.getEntriesByType('navigation')[0], location.href);
		},
		holdLock,
		// Not in every browser, and not in TypeScript's library (W3C mediacapture-extensions, "MediaStreamTrack statistics").
		framesDelivered: (track) =>
			attempt(() => (track as { stats?: { deliveredFrames?: number } | null }).stats?.deliveredFrames) ??
			null,
	};
	if (typeof AudioContext === 'function') platform.createLevelMeter = createLevelMeters();
	return platform;
}

function createMediaDevices(): MediaDevicesPort | undefined {
	// The types say that it is always there, but in an insecure context it isn't.
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	if (!devices) return undefined;
	const port: MediaDevicesPort = {
		getUserMedia: (constraints) => devices.getUserMedia(constraints),
		enumerateDevices: () => devices.enumerateDevices(),
		canChooseSpeaker: 'setSinkId' in HTMLMediaElement.prototype,
		onDeviceChange(listener) {
			const stops = [listen(devices, 'devicechange', listener)];
			let stopped = false;
			for (const source of ['microphone', 'camera'] as const) {
				void permissionStatus(source).then((status) => {
					if (status && !stopped) stops.push(listen(status, 'change', listener));
				});
			}
			return () => {
				stopped = true;
				for (const stop of stops.splice(0)) stop();
			};
		},
		permission: async (source) => (await permissionStatus(source))?.state,
	};
	if (typeof devices.getDisplayMedia === 'function') {
		port.getDisplayMedia = (options) => devices.getDisplayMedia(options);
	}
	return port;
}

/** `undefined` where the browser has no Permissions API or doesn't know this name. */
async function permissionStatus(source: 'microphone' | 'camera'): Promise<PermissionStatus | undefined> {
	try {
		return await navigator.permissions.query({ name: source });
	} catch {
		return undefined;
	}
}

function createNetwork(): NetworkPort {
	// Not in every browser, and not in TypeScript's library.
	const { connection } = navigator as {
		connection?: EventTarget & { type?: string; saveData?: boolean };
	};
	return {
		get online() {
			return navigator.onLine;
		},
		get saveData() {
			return connection?.saveData ?? false;
		},
		onChange(listener) {
			const stops = [
				listen(window, 'online', () => listener('online')),
				listen(window, 'offline', () => listener('offline')),
				listen(document, 'visibilitychange', () =>
					listener(document.visibilityState === 'hidden' ? 'hidden' : 'visible'),
				),
				// Back from the back/forward cache: everything may have changed meanwhile.
				listen(window, 'pageshow', (event) => {
					if ((event as PageTransitionEvent).persisted) listener('visible');
				}),
			];
			if (connection) {
				let { type } = connection;
				const handleChange = () => {
					const before = type;
					({ type } = connection);
					// On computers there is no type: only the estimates, `online` and `offline` tell of a change.
					listener(type === before ? 'estimate' : 'network');
				};
				stops.push(listen(connection, 'change', handleChange));
			}
			return () => {
				for (const stop of stops.splice(0)) stop();
			};
		},
	};
}

/** Reading `window.localStorage` itself throws where site data is blocked; writing throws when it is full. */
function createKeyValueStore(storage: () => Storage): KeyValueStore {
	return {
		get: (key) => attempt(() => storage().getItem(key)) ?? null,
		set: (key, value) => void attempt(() => storage().setItem(key, value)),
		remove: (key) => void attempt(() => storage().removeItem(key)),
	};
}

/**
 * How the page at `href` came about, by what the browser says of the load (W3C Navigation Timing §4.2). If `href` is not the page that was
 * loaded, it was opened later, by a link inside the app.
 */
export function arrivalOf(load: { name: string; type?: string } | undefined, href: string): Arrival {
	if (!load || new URL(load.name, href).pathname !== new URL(href).pathname) return 'opened';
	if (load.type === 'reload') return 'reloaded';
	return load.type === 'back_forward' ? 'stepped' : 'opened';
}

function holdLock(name: string): Promise<boolean> {
	// The types say that it is always there, but insecure contexts and older browsers lack it.
	const locks = navigator.locks as LockManager | undefined;
	if (!locks) return Promise.resolve(true);
	return new Promise((resolve) => {
		const patience = new AbortController();
		const timer = setTimeout(() => patience.abort(), lockPatienceMs);
		locks
			.request(name, { signal: patience.signal }, () => {
				clearTimeout(timer);
				resolve(true);
				// Never settles, so the lock is held until the page is gone.
				return new Promise<never>(() => {});
			})
			// If it was not we who gave up waiting, locks are refused here, and we do as if there were none.
			.catch(() => resolve(!patience.signal.aborted));
	});
}

/** All meters share one audio context. It is created for the first meter and closed with the last. */
function createLevelMeters(): (track: MediaStreamTrack) => LevelMeter {
	let shared: AudioContext | null = null;
	let users = 0;

	function release(): void {
		if (--users > 0) return;
		shared?.close().catch(() => {});
		shared = null;
	}

	return (track) => {
		users++;
		const meter = attempt(() => measure((shared ??= new AudioContext({ latencyHint: 'playback' })), track));
		if (!meter) {
			release();
			return { read: () => 0, close: () => {} };
		}
		let open = true;
		return {
			read: () => (open ? meter.read() : 0),
			close() {
				if (!open) return;
				open = false;
				meter.close();
				release();
			},
		};
	};
}

function measure(context: AudioContext, track: MediaStreamTrack): LevelMeter {
	const source = context.createMediaStreamSource(new MediaStream([track]));
	const analyser = context.createAnalyser();
	analyser.fftSize = 1024;
	source.connect(analyser);
	const samples = new Float32Array(analyser.fftSize);
	return {
		read() {
			// It is suspended until the person touches the page. Never resume an `interrupted` one: on iOS that breaks it for good.
			if (context.state === 'suspended') context.resume().catch(() => {});
			if (context.state !== 'running') return 0;
			analyser.getFloatTimeDomainData(samples);
			return Math.min(1, rootMeanSquare(samples));
		},
		close: () => source.disconnect(),
	};
}

function rootMeanSquare(samples: Float32Array): number {
	let sum = 0;
	for (const sample of samples) sum += sample * sample;
	return Math.sqrt(sum / samples.length);
}

function listen(target: EventTarget, type: string, listener: (event: Event) => void): Unsubscribe {
	target.addEventListener(type, listener);
	return () => target.removeEventListener(type, listener);
}

function attempt<T>(action: () => T): T | undefined {
	try {
		return action();
	} catch {
		return undefined;
	}
}
