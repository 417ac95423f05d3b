/**
 * How far this device is behind with encoding, in steps of less to encode. Browsers lower a picture's size by themselves where they
 * can't keep up, each sender for itself and only when frames are late already; with many senders at once that is too late. Pure.
 */

export interface EncoderLoad {
	level: number;
	/** What the encoders last said, and since when: they have said so all the time, or the level has changed. */
	limited: boolean;
	sinceMs: number;
}

export const encoderLoadMax = 3;
/** Limited for so long: one step less. Free for so long: one step more. */
export const encoderLoadMs = { up: 5_000, down: 30_000 } as const;

export const noEncoderLoad: EncoderLoad = { level: 0, limited: false, sinceMs: 0 };

/** @param limited whether the processor keeps any encoder from what it should do (webrtc-stats, `qualityLimitationReason`) */
export function watchEncoderLoad(before: EncoderLoad, limited: boolean, nowMs: number): EncoderLoad {
	if (limited !== before.limited) return { ...before, limited, sinceMs: nowMs };
	const heldMs = nowMs - before.sinceMs;
	if (limited && heldMs >= encoderLoadMs.up && before.level < encoderLoadMax) {
		return { level: before.level + 1, limited, sinceMs: nowMs };
	}
	if (!limited && heldMs >= encoderLoadMs.down && before.level > 0) {
		return { level: before.level - 1, limited, sinceMs: nowMs };
	}
	return before;
}
