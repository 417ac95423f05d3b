/** Reads QR codes from a camera, with the browser's own reader. Knows nothing of what is written in them. */

/** W3C/WICG "Shape Detection API", not in TypeScript's library. */
interface BarcodeDetector {
	detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface BarcodeDetectorConstructor {
	new (options: { formats: string[] }): BarcodeDetector;
	getSupportedFormats(): Promise<string[]>;
}

const format = 'qr_code';
/** Between two looks at the picture: quick enough for a hand, and easy on a phone. */
const intervalMs = 250;

function detectorClass(): BarcodeDetectorConstructor | undefined {
	return (globalThis as { BarcodeDetector?: BarcodeDetectorConstructor }).BarcodeDetector;
}

/** Whether this browser can read QR codes, and has a camera to see them with. */
export async function canReadCodes(): Promise<boolean> {
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	const formats = await detectorClass()
		?.getSupportedFormats()
		.catch((): string[] => []);
	return devices !== undefined && (formats?.includes(format) ?? false);
}

/** Shows the camera in `video` and tells every new text it reads. Returns what ends that and lets the camera go. */
export function readCodes(
	video: HTMLVideoElement,
	events: { read(text: string): void; failed(): void },
): () => void {
	const Detector = detectorClass();
	let stream: MediaStream | null = null;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = '';
	let ended = false;

	async function begin(): Promise<void> {
		if (!Detector) return events.failed();
		try {
			const opened = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
			stream = opened;
			if (ended) return release();
			video.srcObject = opened;
			await video.play();
			void look(new Detector({ formats: [format] }));
		} catch {
			if (!ended) events.failed();
		}
	}

	async function look(detector: BarcodeDetector): Promise<void> {
		// A picture that is not there yet is an error to the reader; the next one will do.
		const [code] = await detector.detect(video).catch(() => []);
		if (ended) return;
		if (code && code.rawValue !== last) {
			last = code.rawValue;
			events.read(code.rawValue);
		}
		timer = setTimeout(() => void look(detector), intervalMs);
	}

	function release(): void {
		for (const track of stream?.getTracks() ?? []) track.stop();
		video.srcObject = null;
	}

	void begin();
	return () => {
		ended = true;
		clearTimeout(timer);
		release();
	};
}
