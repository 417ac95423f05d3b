/**
 * Puts a name, a device's label or somebody's words into a sentence of ours so that neither changes the other's direction. It uses Unicode's
 * isolates, which work in a sentence of any language. In markup, `<bdi>` does the same.
 */

/** The ranges that Unicode reserves for right-to-left scripts. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Direction marks that somebody has typed, and may not have closed. */
const controls = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;

/** Otherwise unchanged if nothing has to be isolated, so that it can be read and searched for as it was written. */
export function isolate(text: string): string {
	const plain = text.replace(controls, '');
	return rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}
