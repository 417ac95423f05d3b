/** One's own devices and what they give, as the interface shows them. */

export type CaptureSource = 'microphone' | 'camera';
export type CameraFacing = 'front' | 'back';

/** Why a device gives nothing. Words for each stand in one table of the interface. */
export type MediaFailureCode =
	| 'denied' // the person, or the browser's settings, said no to this site
	| 'denied-by-system' // the operating system says no to the browser
	| 'dismissed' // the question was closed without an answer
	| 'not-found' // no such device
	| 'busy' // another application holds it
	| 'insecure' // not a secure context
	| 'unsupported' // this browser can't
	| 'lost' // it was there and ended: unplugged, or stopped by the system
	| 'interrupted' // it is there and gives nothing for now: a phone call, another application
	| 'asking' // the browser's question stands open
	| 'no-answer' // asked for, and neither given nor refused: a driver that hangs
	| 'unknown';

export interface MediaFailure {
	code: MediaFailureCode;
	/** True when the call goes on trying by itself. */
	mendsItself: boolean;
}

/** One local source: what the person asked for, and what has come of it. */
export interface LocalSource {
	/** What the person asked for. Changes at the click and at nothing else; what has come of it is what the toggle shows. */
	wanted: boolean;
	state: 'off' | 'starting' | 'on' | 'failed';
	failure: MediaFailure | null;
}

export interface DeviceChoice {
	id: string;
	/** Empty where the browser keeps it back. Two of one name are numbered. */
	label: string;
	/** Of a camera that is known to look one way. */
	facing?: CameraFacing;
}

export type DeviceKind = 'microphone' | 'camera' | 'speaker';

export interface LocalMediaSnapshot {
	microphone: LocalSource;
	camera: LocalSource;
	screen: LocalSource;
	/** What can be chosen. An empty speaker list means that this platform has no choice to offer. */
	devices: Record<DeviceKind, DeviceChoice[]>;
	/** The device in use or asked for; `null` for the system's default. */
	chosen: Record<DeviceKind, string | null>;
	/** For the preview and one's own tile; `null` while the camera is off. */
	cameraStream: MediaStream | null;
	/** Which way the camera in use looks; `null` while it is off, and of a camera on a desk. */
	cameraFacing: CameraFacing | null;
	screenStream: MediaStream | null;
	canShareScreen: boolean;
}

/** What has come of a choice of device, or of sharing a screen. */
export type DeviceNotice =
	/**
	 * `device-lost`: gone, another one is used. `device-changed`: the chosen one is back and used again.
	 * `device-unavailable`: it gives nothing, the one before is kept; the label is empty for the system's default.
	 */
	| { type: 'device-lost' | 'device-changed' | 'device-unavailable'; kind: DeviceKind; label: string }
	/** After `device-unavailable`: another of its kind works than the one that was kept. */
	| { type: 'device-available'; kind: DeviceKind }
	/** One's own screen was to be shared, and the browser or the system gives none. A closed picker is not told. */
	| { type: 'screen-unavailable'; code: MediaFailureCode };

export type MediaNotice =
	| DeviceNotice
	/** One's own, after an interruption. */
	| { type: 'capture-restored'; sources: CaptureSource[] };
