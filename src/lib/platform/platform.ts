/**
 * The ports: all that the call needs from the outside, and no more than it needs. `browser-platform.ts` holds the
 * real ones, `tests/support/fake-platform.ts` the fakes. Nothing else in this folder touches a browser global.
 */

/** Undoes what returned it. Calling it twice does nothing more. */
export type Unsubscribe = () => void;

export interface Clock {
	/** Milliseconds that only ever grow, to measure durations with. Setting the device's clock does not affect them. */
	now(): number;
	/** Milliseconds since the epoch by the device's clock, for times that others or a later page will read. */
	epochMs(): number;
	/** Runs `action` once after `delayMs`; the returned function cancels it. */
	after(delayMs: number, action: () => void): Unsubscribe;
	/** Runs `action` every `intervalMs`; the returned function ends it. */
	every(intervalMs: number, action: () => void): Unsubscribe;
}

/** The part of `RTCPeerConnection` a peer uses. */
export type PeerConnection = Pick<
	RTCPeerConnection,
	| 'signalingState'
	| 'connectionState'
	| 'iceGatheringState'
	| 'localDescription'
	| 'remoteDescription'
	| 'onnegotiationneeded'
	| 'onicecandidate'
	| 'onicegatheringstatechange'
	| 'onconnectionstatechange'
	| 'addTransceiver'
	| 'getTransceivers'
	| 'createDataChannel'
	| 'setLocalDescription'
	| 'setRemoteDescription'
	| 'addIceCandidate'
	| 'restartIce'
	| 'getStats'
	| 'setConfiguration'
	| 'close'
>;

export type MediaDevicesPort = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'> & {
	/** Absent where the platform can't share a screen (most phones). */
	getDisplayMedia?: MediaDevices['getDisplayMedia'];
	/** Whether an audio element can be told which speaker to use (`setSinkId`). */
	readonly canChooseSpeaker: boolean;
	/** Devices plugged or unplugged, or permission given. */
	onDeviceChange(listener: () => void): Unsubscribe;
	/** `undefined` where the platform can't say. */
	permission(source: 'microphone' | 'camera'): Promise<PermissionState | undefined>;
};

export interface NetworkPort {
	readonly online: boolean;
	/** The system or the browser asks us to use little data. False where neither can say. */
	readonly saveData: boolean;
	/**
	 * Back online, on another network, or visible again: moments when it is worth retrying at once. `estimate`: the browser's estimate of
	 * the connection has changed, as it does at every change of network and at other times too.
	 */
	onChange(
		listener: (what: 'online' | 'offline' | 'network' | 'estimate' | 'visible' | 'hidden') => void,
	): Unsubscribe;
}

/** Small texts that outlive the page. Never throws: if storage is refused, nothing is remembered. */
export interface KeyValueStore {
	get(key: string): string | null;
	set(key: string, value: string): void;
	remove(key: string): void;
}

/**
 * How the page that is shown came about. `reloaded`: by this page itself, or the person who looked at it. `stepped`: back or forward in the
 * tab's history, or a tab restored. `opened`: any other way, such as a link on any site.
 */
export type Arrival = 'reloaded' | 'stepped' | 'opened';

/** Listens to one audio track. */
export interface LevelMeter {
	/** How loud it is right now, 0 to 1 (root mean square). 0 while the browser blocks sound. */
	read(): number;
	close(): void;
}

export interface Platform {
	clock: Clock;
	/** Uniform random bytes from a cryptographic source. */
	randomBytes(length: number): Uint8Array;
	createPeerConnection(configuration: RTCConfiguration): PeerConnection;
	createMediaStream(tracks: MediaStreamTrack[]): MediaStream;
	/** Browsers give cameras and microphones to secure contexts only. */
	readonly secureContext: boolean;
	/** Absent outside a secure context. */
	mediaDevices: MediaDevicesPort | undefined;
	/** Absent where sound can't be measured. Never asks for anything and never throws. */
	createLevelMeter?(track: MediaStreamTrack): LevelMeter;
	/**
	 * How many frames of picture or sound a device has delivered to this captured track so far. Does not grow while the track is
	 * disabled. `null` where the browser doesn't count them on the track. Never throws.
	 */
	framesDelivered?(track: MediaStreamTrack): number | null;
	network: NetworkPort;
	/** Outlives the tab. */
	storage: KeyValueStore;
	/** Outlives a reload of this tab, and nothing else. */
	tabStorage: KeyValueStore;
	readonly arrival: Arrival;
	/**
	 * Holds a name for as long as the page lives; false when another tab holds it. This tells a reload from a
	 * duplicated tab, whose storage is a copy.
	 */
	holdLock(name: string): Promise<boolean>;
}

/** A random id of 32 base64url characters (192 bits). */
export function randomId(platform: Pick<Platform, 'randomBytes'>, bytes = 24): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
	let text = '';
	let bits = 0;
	let value = 0;
	for (const byte of platform.randomBytes(bytes)) {
		value = ((value << 8) | byte) & 0xffff;
		bits += 8;
		while (bits >= 6) {
			bits -= 6;
			text += alphabet[(value >> bits) & 63];
		}
	}
	if (bits > 0) text += alphabet[(value << (6 - bits)) & 63];
	return text;
}
