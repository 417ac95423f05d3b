/** Digests of a build: one for each page and file, and one for all of them that two people can compare. */

export interface BuiltFile {
	/** The path: `/`, `/settings`, `/_app/immutable/…`. */
	path: string;
	/** SHA-256 of its content, in hexadecimal digits. */
	digest: string;
}

export async function digestOf(content: BufferSource): Promise<string> {
	const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
	return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** 64 bits of the digest of all files, in groups that can be read out: `0123 4567 89ab cdef`. */
export async function buildDigest(files: readonly BuiltFile[]): Promise<string> {
	const lines = files.map(({ path, digest }) => `${path} ${digest}\n`).sort();
	const digest = await digestOf(new TextEncoder().encode(lines.join('')));
	return digest.slice(0, 16).replace(/.{4}(?=.)/g, '$& ');
}
