/** base64url without padding (RFC 4648, section 5), strict: each text decodes to one value, and each value has one text. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function encodeBase64url(bytes: Uint8Array): string {
	let text = '';
	for (let index = 0; index < bytes.length; index += 3) {
		const [a = 0, b = 0, c = 0] = bytes.subarray(index, index + 3);
		const group = (a << 16) | (b << 8) | c;
		const characters = Math.min(4, bytes.length - index + 1);
		for (let place = 0; place < characters; place++) text += alphabet[(group >> (18 - 6 * place)) & 63];
	}
	return text;
}

/** `null` for a text that `encodeBase64url` could not have made. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> | null {
	if (text.length % 4 === 1) return null;
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let value = 0;
	let bits = 0;
	let length = 0;
	for (const character of text) {
		const digit = alphabet.indexOf(character);
		if (digit < 0) return null;
		value = ((value << 6) | digit) & 0xffff;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[length++] = value >> bits;
		}
	}
	return (value & ((1 << bits) - 1)) === 0 ? bytes : null;
}
