/**
 * How far this device is behind with encoding, in steps of less to encode. Browsers that can't keep up shrink the picture by themselves,
 * but each sender does so on its own, and only once frames are late. With many senders at once that is too late. Pure.
 */

export interface EncoderLoad {
	level: number;
	/** What the encoders last said. `sinceMs` is when they began to say it, or when the level last changed. */
	limited: boolean;
	sinceMs: number;
}

export const encoderLoadMax = 3;
/** Limited for `up`: one step less to encode. Free for `down`: one step more. */
export const encoderLoadMs = { up: 5_000, down: 30_000 } as const;

export const noEncoderLoad: EncoderLoad = { level: 0, limited: false, sinceMs: 0 };

/** @param limited whether a lack of processor time limits any encoder (webrtc-stats, `qualityLimitationReason`) */
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
