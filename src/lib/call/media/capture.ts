/**
 * Asks the browser for a microphone or a camera. Requests made in one task become one `getUserMedia`, so that a person sees one question.
 * If it fails, each device is asked for alone, so that a missing camera does not cost the microphone. If it gets no answer, we ask alone
 * for a device that no question can be open for. Knows nothing about what is wanted, held or tried again.
 */
import { inTime } from '../../platform/in-time';
import { isOverconstrained, mediaFailureCode, missingMediaDevices, worthAskingAlone } from './media-failure';
import { mayBeAsking, permissionOf } from './open-question';
import type { MediaDevicesPort, Platform } from '../../platform/platform';
import type { CaptureSource, MediaFailureCode } from './media-state';

/**
 * How long a camera that hangs may delay the microphone. Longer than a working camera takes, because each request may interrupt another one
 * (iOS).
 */
export const apartAfterMs = 2_500;

export interface DeviceWish {
	id: string;
	/** False while it isn't known whether the device is there: then another one will do. */
	exact: boolean;
}

export type Captured = { ok: true; track: MediaStreamTrack } | { ok: false; code: MediaFailureCode };

/**
 * `null` is the system's default. Never rejects, and may never resolve. If the wished device isn't there, it gives the default one. Once
 * `wanted` is false, it asks for nothing more.
 */
export type Capture = (
	source: CaptureSource,
	device: DeviceWish | null,
	wanted: () => boolean,
) => Promise<Captured>;

interface Request {
	source: CaptureSource;
	device: DeviceWish | null;
	wanted(): boolean;
	answered: boolean;
	/** The first answer counts; a track that comes later is stopped. */
	answer(captured: Captured): void;
}

export function createCapture(platform: Pick<Platform, 'clock' | 'mediaDevices' | 'secureContext'>): Capture {
	const { clock, mediaDevices, secureContext } = platform;
	let waiting: Request[] = [];

	function flush(devices: MediaDevicesPort): void {
		const requests = waiting;
		waiting = [];
		const [first, second] = requests;
		if (requests.length === 2 && first && second && first.source !== second.source) {
			void askTogether(devices, [first, second]);
		} else {
			for (const request of requests) void askAlone(devices, request);
		}
	}

	async function askTogether(devices: MediaDevicesPort, pair: [Request, Request]): Promise<void> {
		const [first, second] = pair;
		const apart = new Set<Request>();
		const stopAsking = clock.every(apartAfterMs, () => void askApart());

		/**
		 * Asks for one more of them alone, until one has an answer. The other one is then the device that hangs, or that the question is
		 * about.
		 */
		async function askApart(): Promise<void> {
			for (const request of pair) {
				if (apart.has(request) || !request.wanted()) continue;
				const asks = await mayBeAsking(clock, devices, request.source);
				if (pair.some(({ answered }) => answered)) return stopAsking();
				if (asks || apart.has(request) || !request.wanted()) continue;
				apart.add(request);
				return askAlone(devices, request);
			}
		}

		try {
			const stream = await devices.getUserMedia({ ...constraints(first), ...constraints(second) });
			for (const request of pair) request.answer(trackOf(stream, request.source));
		} catch (error) {
			const permissions = await Promise.all(pair.map(({ source }) => permissionOf(clock, devices, source)));
			const [own, other] = permissions;
			const alone: Request[] = [];
			for (const [request, permission, others] of [
				[first, own, other],
				[second, other, own],
			] as const) {
				if (apart.has(request)) continue;
				if (worthAskingAlone(error, permission, others)) alone.push(request);
				else request.answer(failed(error, permission));
			}
			await askInTurn(devices, alone);
		} finally {
			stopAsking();
		}
	}

	/** One at a time, because two questions at once would confuse people. But a device that hangs must not hold up the next. */
	async function askInTurn(devices: MediaDevicesPort, requests: Request[]): Promise<void> {
		for (const [index, request] of requests.entries()) {
			const asked = askAlone(devices, request);
			const next = requests[index + 1];
			if (!next) return;
			while (
				!(await inTime(
					clock,
					asked.then(() => true),
					apartAfterMs,
				))
			) {
				if (!(await mayBeAsking(clock, devices, request.source))) break;
				if (!(await mayBeAsking(clock, devices, next.source))) break;
			}
		}
	}

	async function askAlone(devices: MediaDevicesPort, request: Request): Promise<void> {
		try {
			const stream = await devices.getUserMedia(constraints(request));
			request.answer(trackOf(stream, request.source));
		} catch (error) {
			if (request.device && isOverconstrained(error)) {
				request.device = null;
				return askAlone(devices, request);
			}
			request.answer(failed(error, await permissionOf(clock, devices, request.source)));
		}
	}

	function failed(error: unknown, permission: PermissionState | undefined): Captured {
		return { ok: false, code: mediaFailureCode(error, { permission, secureContext }) };
	}

	return (source, device, wanted) => {
		if (!mediaDevices) return Promise.resolve({ ok: false, code: missingMediaDevices(secureContext) });
		return new Promise((resolve) => {
			const request: Request = {
				source,
				device,
				wanted,
				answered: false,
				answer(captured) {
					if (request.answered && captured.ok) captured.track.stop();
					request.answered = true;
					resolve(captured);
				},
			};
			waiting.push(request);
			if (waiting.length === 1) void Promise.resolve().then(() => flush(mediaDevices));
		});
	};
}

function trackOf(stream: MediaStream, source: CaptureSource): Captured {
	const [track] = source === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks();
	return track ? { ok: true, track } : { ok: false, code: 'unknown' };
}

function constraints({ source, device }: Pick<Request, 'source' | 'device'>): MediaStreamConstraints {
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
