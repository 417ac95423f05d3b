/**
 * How a receiver says how large it shows a picture, and what the picture may cost. Kept apart from the messages of `peer-message.ts`, because one
 * transport says it to the other, over a data channel only, and it shapes the first pictures that are sent.
 */
import * as v from 'valibot';
import { parseJson } from '../parse-json';

/** Bits a second. Asking for less than a voice needs would silence it. */
const bitrate = v.pipe(v.number(), v.integer(), v.minValue(6_000), v.maxValue(100_000_000));
const pixels = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384));

/** How a picture is shown: its size in device pixels, and what it may cost, in bits a second; `null` if nothing is set. */
const pictureConstraintSchema = v.object({
	width: pixels,
	height: pixels,
	bitrateMaxBps: v.optional(v.nullable(bitrate), null),
});
export type PictureConstraint = v.InferOutput<typeof pictureConstraintSchema>;

/** What a receiver does with what it is sent. A picture that is not shown is `null`, and need not be sent. */
const receiverConstraintsSchema = v.object({
	type: v.literal('receiver-constraints'),
	camera: v.nullable(pictureConstraintSchema),
	screen: v.nullable(pictureConstraintSchema),
	voiceBitrateMaxBps: v.optional(v.nullable(bitrate), null),
});
export type ReceiverConstraintsMessage = v.InferOutput<typeof receiverConstraintsSchema>;
export type ReceiverConstraints = Omit<ReceiverConstraintsMessage, 'type'>;

/** In UTF-16 code units. Constraints take about 200. */
const textMax = 1_000;

/** A cheap test of whether a text from another browser may be constraints. */
export function mayBeReceiverConstraints(text: string): boolean {
	return text.length <= textMax && text.includes('"receiver-constraints"');
}

/** The constraints in a text from another browser; `null` for anything else. */
export function parseReceiverConstraints(text: string): ReceiverConstraints | null {
	return parseJson(receiverConstraintsSchema, text);
}
