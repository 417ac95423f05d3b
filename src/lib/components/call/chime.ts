/**
 * Two soft notes, made on the spot: to say that something is back or that somebody comes or goes, and to try a speaker. Loaded when first wanted.
 */
const chimes = {
	back: { notesHz: [587.33, 880], loudness: 0.2 },
	joined: { notesHz: [440, 587.33], loudness: 0.06 },
	left: { notesHz: [587.33, 440], loudness: 0.06 },
};
const noteMs = 220;

/** Plays on this speaker, `null` being the system's default. Resolves when it has been played; rejects where it can't be. */
export async function playChime(chime: keyof typeof chimes, speaker: string | null): Promise<void> {
	const { notesHz, loudness } = chimes[chime];
	const context = new AudioContext();
	const element = new Audio();
	try {
		const output = context.createMediaStreamDestination();
		element.srcObject = output.stream;
		// Not in every browser; there the system's default plays.
		if (speaker !== null && 'setSinkId' in element) await element.setSinkId(speaker);
		await Promise.all([context.resume(), element.play()]);
		const ends = notesHz.map((frequencyHz, index) =>
			playNote(context, output, { frequencyHz, loudness, index }),
		);
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
	{ frequencyHz, loudness, index }: { frequencyHz: number; loudness: number; index: number },
): Promise<void> {
	const from = context.currentTime + 0.05 + (index * noteMs) / 1000;
	const until = from + (noteMs * 2) / 1000;
	const oscillator = new OscillatorNode(context, { type: 'sine', frequency: frequencyHz });
	const volume = new GainNode(context, { gain: 0 });
	// Rising and falling gently: a tone that starts or stops at once clicks.
	volume.gain.setValueAtTime(0, from);
	volume.gain.linearRampToValueAtTime(loudness, from + 0.03);
	volume.gain.exponentialRampToValueAtTime(0.001, until);
	oscillator.connect(volume).connect(output);
	oscillator.start(from);
	oscillator.stop(until);
	return new Promise((resolve) => (oscillator.onended = () => resolve()));
}
