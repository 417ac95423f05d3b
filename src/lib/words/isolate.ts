/**
 * A name, a device's label or somebody's words within a sentence of ours, so that neither changes the other's direction: Unicode's isolates,
 * which a sentence in any language can hold. Where markup stands for the sentence, `<bdi>` does the same.
 */

/** What Unicode has set aside for scripts that run from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Directions that somebody has put in by hand, and may not have ended. */
const controls = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** Left as it is where there is nothing to keep apart, so that it reads, and is found, as it was written. */
export function isolate(text: string): string {
	const plain = text.replace(controls, '');
	return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
