/**
 * Reads and writes JSON for tRPC over WebSockets, and bounds what one frame can cost. Throws if a frame exceeds that, which tRPC
 * answers with one error.
 */

/** Objects and arrays in one frame: a batch of the largest size has about a thousand. */
const openersMax = 8_192;

export function boundedJson(callsMax: number) {
	return {
		encode: (data: unknown) => JSON.stringify(data),
		decode(data: string | ArrayBuffer | Uint8Array): unknown {
			if (typeof data !== 'string') throw new Error('JSON travels in text frames');
			// A frame of nothing but brackets takes a hundred times as long to parse as another of its size.
			if (countOf('[', data) + countOf('{', data) > openersMax)
				throw new Error('too many objects in one frame');
			const message: unknown = JSON.parse(data);
			// tRPC's own limit would answer every call in the batch, and so a small frame with megabytes.
			if (Array.isArray(message) && message.length > callsMax) throw new Error('too many calls in one batch');
			return message;
		},
	};
}

/** Stops counting once it is too many. */
function countOf(character: string, text: string): number {
	let count = 0;
	for (
		let at = text.indexOf(character);
		at >= 0 && count <= openersMax;
		at = text.indexOf(character, at + 1)
	) {
		count += 1;
	}
	return count;
}
