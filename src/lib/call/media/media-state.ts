/** The person's own devices and what they give, as the interface shows them. */

export type CaptureSource = 'microphone' | 'camera';
export type CameraFacing = 'front' | 'back';

/** Why a device gives nothing. A table of the interface has words for each. */
export type MediaFailureCode =
	| 'denied' // the person, or the browser's settings, said no to this site
	| 'denied-by-system' // the operating system says no to the browser
	| 'dismissed' // the question was closed without an answer
	| 'not-found' // no such device
	| 'busy' // another application holds it
	| 'insecure' // not a secure context
	| 'unsupported' // this browser can't
	| 'lost' // it was there and ended: unplugged, or stopped by the system
	| 'interrupted' // it is there but gives nothing for now: a phone call, another application
	| 'asking' // the browser's question is open
	| 'no-answer' // asked for, and neither given nor refused: a driver that hangs
	| 'unknown';

export interface MediaFailure {
	code: MediaFailureCode;
	/** True when the call goes on trying by itself. */
	mendsItself: boolean;
}

/** One local source: what the person asked for, and the result. */
export interface LocalSource {
	/** What the person asked for. Only a click changes it; the toggle shows the result. */
	wanted: boolean;
	state: 'off' | 'starting' | 'on' | 'failed';
	failure: MediaFailure | null;
}

export interface DeviceChoice {
	id: string;
	/** Empty where the browser hides it. Two of one name are numbered. */
	label: string;
	/** For a camera that is known to face one way. */
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
	/** For the preview and the person's own tile; `null` while the camera is off. */
	cameraStream: MediaStream | null;
	/** Which way the camera in use faces; `null` while it is off, and for a camera on a desk. */
	cameraFacing: CameraFacing | null;
	screenStream: MediaStream | null;
	canShareScreen: boolean;
}

/** The result of choosing a device or of sharing a screen. */
export type DeviceNotice =
	/**
	 * `device-lost`: the device is gone and another one is used. `device-changed`: the chosen one is back and used again.
	 * `device-unavailable`: it gives nothing, and the one before stays in use; the label is empty for the system's default.
	 */
	| { type: 'device-lost' | 'device-changed' | 'device-unavailable'; kind: DeviceKind; label: string }
	/** After `device-unavailable`: another device of this kind works than the one that was kept. */
	| { type: 'device-available'; kind: DeviceKind }
	/** The person wanted to share their screen, and the browser or the system gives none. A closed picker is not reported. */
	| { type: 'screen-unavailable'; code: MediaFailureCode };

export type MediaNotice =
	| DeviceNotice
	/** These sources of the person are back after an interruption. */
	| { type: 'capture-restored'; sources: CaptureSource[] };
