/** The new secret of a room, for those who stay ([Q1] to [Q7] of `docs/PROTOCOL.md`). Sent over a data channel only. */
import * as v from 'valibot';
import { incarnationSchema, signatureEntries } from '../messages';
import { wholeNumber } from './whole-number';

/** As many as the largest room has seats. */
export const secretReplacementStaysMax = 100;

export const secretReplacementSchema = v.object({
	type: v.literal('room-secret'),
	/** The link's own secret is generation 0. */
	generation: wholeNumber(1, 2 ** 31 - 1),
	secret: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/)),
	/** The page load that replaces the secret, with its key and signature. */
	author: incarnationSchema,
	...signatureEntries,
	/** The page loads that the new secret is for. */
	stays: v.pipe(v.array(incarnationSchema), v.maxLength(secretReplacementStaysMax)),
});
export type SecretReplacement = v.InferOutput<typeof secretReplacementSchema>;
