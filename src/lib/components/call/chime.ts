/** Plays two soft notes, generated on the spot: something is back, somebody joins or leaves, or a speaker is being tried. Loaded when first needed. */
const chimes = {
	back: { notesHz: [587.33, 880], loudness: 0.2 },
	joined: { notesHz: [440, 587.33], loudness: 0.06 },
	left: { notesHz: [587.33, 440], loudness: 0.06 },
};
const noteMs = 220;

/** Plays on this speaker; `null` is the system's default. Resolves when it has been played; rejects if it can't be. */
export async function playChime(chime: keyof typeof chimes, speaker: string | null): Promise<void> {
	const { notesHz, loudness } = chimes[chime];
	const context = new AudioContext();
	const element = new Audio();
	try {
		const output = context.createMediaStreamDestination();
		element.srcObject = output.stream;
		// Where a browser can't choose a speaker, the system's default plays.
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
	// The tone rises and falls gently: starting or stopping at once would click.
	volume.gain.setValueAtTime(0, from);
	volume.gain.linearRampToValueAtTime(loudness, from + 0.03);
	volume.gain.exponentialRampToValueAtTime(0.001, until);
	oscillator.connect(volume).connect(output);
	oscillator.start(from);
	oscillator.stop(until);
	return new Promise((resolve) => (oscillator.onended = () => resolve()));
}
