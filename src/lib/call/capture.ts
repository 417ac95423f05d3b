/**
 * Asks the browser for a microphone or a camera. Requests made in one task become one `getUserMedia`, so that a person
 * sees one question; where that fails, each is asked for alone, so that a missing camera does not cost the
 * microphone. Knows nothing of what is wanted, held or tried again.
 */
import { isOverconstrained, mediaFailureCode, missingMediaDevices, worthAskingAlone } from './media-failure';
import type { MediaDevicesPort, Platform } from './platform';
import type { MediaFailureCode } from './snapshot';

export type CaptureSource = 'microphone' | 'camera';

export interface DeviceWish {
	id: string;
	/** False while it isn't known whether the device is there: then another one will do. */
	exact: boolean;
}

export type Captured = { ok: true; track: MediaStreamTrack } | { ok: false; code: MediaFailureCode };

/** `null` is the system's default. Never rejects; a wished device that isn't there yields the default one. */
export type Capture = (source: CaptureSource, device: DeviceWish | null) => Promise<Captured>;

interface Request {
	source: CaptureSource;
	device: DeviceWish | null;
	resolve(captured: Captured): void;
}

export function createCapture(platform: Pick<Platform, 'mediaDevices' | 'secureContext'>): Capture {
	const { mediaDevices, secureContext } = platform;
	let waiting: Request[] = [];

	async function flush(devices: MediaDevicesPort): Promise<void> {
		const requests = waiting;
		waiting = [];
		const [first, second] = requests;
		if (requests.length === 2 && first && second && first.source !== second.source) {
			await askTogether(devices, first, second);
		} else {
			for (const request of requests) await askAlone(devices, request);
		}
	}

	async function askTogether(devices: MediaDevicesPort, first: Request, second: Request): Promise<void> {
		let stream: MediaStream;
		try {
			stream = await devices.getUserMedia({ ...constraints(first), ...constraints(second) });
		} catch (error) {
			const [own, other] = await Promise.all([
				devices.permission(first.source),
				devices.permission(second.source),
			]);
			for (const [request, permission, others] of [
				[first, own, other],
				[second, other, own],
			] as const) {
				if (worthAskingAlone(error, permission, others)) await askAlone(devices, request);
				else request.resolve(failed(error, permission));
			}
			return;
		}
		first.resolve(trackOf(stream, first.source));
		second.resolve(trackOf(stream, second.source));
	}

	async function askAlone(devices: MediaDevicesPort, request: Request): Promise<void> {
		try {
			const stream = await devices.getUserMedia(constraints(request));
			request.resolve(trackOf(stream, request.source));
		} catch (error) {
			if (request.device && isOverconstrained(error)) await askAlone(devices, { ...request, device: null });
			else request.resolve(failed(error, await devices.permission(request.source)));
		}
	}

	function failed(error: unknown, permission: PermissionState | undefined): Captured {
		return { ok: false, code: mediaFailureCode(error, { permission, secureContext }) };
	}

	return (source, device) => {
		if (!mediaDevices) return Promise.resolve({ ok: false, code: missingMediaDevices(secureContext) });
		return new Promise((resolve) => {
			waiting.push({ source, device, resolve });
			if (waiting.length === 1) void Promise.resolve().then(() => flush(mediaDevices));
		});
	};
}

function trackOf(stream: MediaStream, source: CaptureSource): Captured {
	const [track] = source === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks();
	return track ? { ok: true, track } : { ok: false, code: 'unknown' };
}

function constraints({ source, device }: Request): MediaStreamConstraints {
	const deviceId = device && { deviceId: device.exact ? { exact: device.id } : { ideal: device.id } };
	return source === 'microphone'
		? { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...deviceId } }
		: {
				video: {
					width: { ideal: 1280 },
					height: { ideal: 720 },
					frameRate: { ideal: 30, max: 30 },
					...deviceId,
				},
			};
}
