/**
 * Decides when a sound says that somebody has come or gone: for one or two people at a time, and then not again for a while, so that a whole
 * class arriving, or a flaky connection, makes no noise. Plays nothing itself.
 */
import type { NoticeLine } from '../../call/room/notice-digest';
import type { Clock } from '../../platform/platform';

export type PeopleSound = 'joined' | 'left';

/** More people than this at once are a crowd. */
const crowdAbove = 2;
/** The least time between two sounds. */
const restMs = 5_000;

/** The returned function says which sound goes with a line that is shown, if any. */
export function createPeopleSound(clock: Pick<Clock, 'now'>): (line: NoticeLine) => PeopleSound | null {
	let lastAtMs = -Infinity;
	return ({ type, count }) => {
		if (type !== 'joined' && type !== 'left') return null;
		const now = clock.now();
		const isQuiet = count > crowdAbove || now - lastAtMs < restMs;
		// Those who come right after a crowd belong to it.
		if (!isQuiet || count > crowdAbove) lastAtMs = now;
		return isQuiet ? null : type;
	};
}
