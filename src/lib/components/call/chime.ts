/**
 * Two soft notes, made on the spot: to say that something is back, and to try a speaker. Loaded when first wanted.
 */
const notesHz = [587.33, 880];
const noteMs = 220;

/** Plays on this speaker, `null` being the system's default. Resolves when it has been played; rejects where it can't be. */
export async function playChime(speaker: string | null): Promise<void> {
	const context = new AudioContext();
	const element = new Audio();
	try {
		const output = context.createMediaStreamDestination();
		element.srcObject = output.stream;
		// Not in every browser; there the system's default plays.
		if (speaker !== null && 'setSinkId' in element) await element.setSinkId(speaker);
		await Promise.all([context.resume(), element.play()]);
		const ends = notesHz.map((frequency, index) => playNote(context, output, frequency, index));
		await Promise.all(ends);
	} finally {
		element.pause();
		element.srcObject = null;
		await context.close();
	}
}

function playNote(
	context: AudioContext,
	output: AudioNode,
	frequencyHz: number,
	index: number,
): Promise<void> {
	const from = context.currentTime + 0.05 + (index * noteMs) / 1000;
	const until = from + (noteMs * 2) / 1000;
	const oscillator = new OscillatorNode(context, { type: 'sine', frequency: frequencyHz });
	const volume = new GainNode(context, { gain: 0 });
	// Rising and falling gently: a tone that starts or stops at once clicks.
	volume.gain.setValueAtTime(0, from);
	volume.gain.linearRampToValueAtTime(0.2, from + 0.03);
	volume.gain.exponentialRampToValueAtTime(0.001, until);
	oscillator.connect(volume).connect(output);
	oscillator.start(from);
	oscillator.stop(until);
	return new Promise((resolve) => (oscillator.onended = () => resolve()));
}
