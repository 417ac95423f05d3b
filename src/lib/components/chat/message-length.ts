/** Which messages are too long to be shown in full in a conversation. Pure. */

/** This many lines of a long message are shown. A message with only a few lines more is shown in full. */
export const linesOfLong = 16;
const linesMax = 24;
/** Letters in one line of a bubble. East Asian letters and emoji are twice as wide. */
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
