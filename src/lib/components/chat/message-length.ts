/** Which messages are too long to stand in a conversation whole. Pure. */

/** So many lines of a long one are shown; one that has few more is shown whole. */
export const linesOfLong = 16;
const linesMax = 24;
/** Letters in a line of a bubble; those of East Asia, and pictures, are twice as wide. */
const lineLength = 40;
const wide =
	/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|[\ud800-\udbff][\udc00-\udfff]/g;
const lineEnd = /[\n\p{Zl}\p{Zp}]/u;

export function isLong(text: string): boolean {
	let lines = 0;
	for (const line of text.split(lineEnd)) {
		lines += Math.max(1, Math.ceil(line.replace(wide, 'mm').length / lineLength));
		if (lines > linesMax) return true;
	}
	return false;
}
