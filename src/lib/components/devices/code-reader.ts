/** Reads QR codes from a camera with the browser's own reader or, if it has none, with one that is loaded. Knows nothing of what the codes say. */

/** W3C/WICG "Shape Detection API", not in TypeScript's library. */
interface CodeReader {
	detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface CodeReaderConstructor {
	new (options: { formats: ['qr_code'] }): CodeReader;
	getSupportedFormats(): Promise<readonly string[]>;
}

const format = 'qr_code';
/** The time between two reads: short enough for a hand, and easy on a phone. */
const intervalMs = 250;
/** After this long without a picture, the person is told: the camera may hang, or they may have overlooked the browser's question. */
const cameraMs = 10_000;

/** Whether there is a camera to read codes with. */
export async function canReadCodes(): Promise<boolean> {
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	const known = await devices?.enumerateDevices().catch((): MediaDeviceInfo[] => []);
	return known?.some(({ kind }) => kind === 'videoinput') ?? false;
}

/** Rejects if the browser has no reader and ours can't be loaded. */
async function createReader(): Promise<CodeReader> {
	const { BarcodeDetector: own } = globalThis as { BarcodeDetector?: CodeReaderConstructor };
	const formats = await own?.getSupportedFormats().catch((): string[] => []);
	if (own && formats?.includes(format)) return new own({ formats: [format] });
	const { BarcodeDetector } = await import('qr/decode.js');
	return new BarcodeDetector({ formats: [format] });
}

/** Shows the camera in `video` and reports every new text it reads. The returned function stops that and releases the camera. */
export function readCodes(
	video: HTMLVideoElement,
	events: {
		/** The camera shows a picture, possibly after `failed` was called. */
		begun(): void;
		read(text: string): void;
		failed(missing: 'camera' | 'reader'): void;
	},
): () => void {
	let stream: MediaStream | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = '';
	let ended = false;
	const tooLong = setTimeout(() => events.failed('camera'), cameraMs);

	function fail(missing: 'camera' | 'reader'): void {
		clearTimeout(tooLong);
		if (!ended) events.failed(missing);
	}

	async function begin(): Promise<void> {
		try {
			const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
			stream = opened;
			if (ended) return release();
			video.srcObject = opened;
			await video.play();
		} catch {
			return fail('camera');
		}
		clearTimeout(tooLong);
		if (ended) return;
		events.begun();
		try {
			void look(await createReader());
		} catch {
			release();
			fail('reader');
		}
	}

	async function look(reader: CodeReader): Promise<void> {
		if (ended) return;
		// Before the first picture, the reader throws; the next read will do.
		const [code] = await reader.detect(video).catch(() => []);
		if (ended) return;
		if (code && code.rawValue !== last) {
			last = code.rawValue;
			events.read(code.rawValue);
		}
		timer = setTimeout(() => void look(reader), intervalMs);
	}

	function release(): void {
		for (const track of stream?.getTracks() ?? []) track.stop();
		video.srcObject = null;
	}

	void begin();
	return () => {
		ended = true;
		clearTimeout(tooLong);
		clearTimeout(timer);
		release();
	};
}
