/**
 * When a sound says that somebody has come or gone: for one or two at a time, and not again for a while, so that a class that arrives, or a flaky line,
 * is quiet. Plays nothing itself.
 */
import type { NoticeLine } from '../../call/room/notice-digest';
import type { Clock } from '../../platform/platform';

export type PeopleSound = 'joined' | 'left';

/** More than so many at once are a crowd. */
const crowdAbove = 2;
/** Between two sounds. */
const restMs = 5_000;

/** Returns what says of each line that is told which sound goes with it, if any. */
export function createPeopleSound(clock: Pick<Clock, 'now'>): (line: NoticeLine) => PeopleSound | null {
	let lastAtMs = -Infinity;
	return ({ type, count }) => {
		if (type !== 'joined' && type !== 'left') return null;
		const now = clock.now();
		const isQuiet = count > crowdAbove || now - lastAtMs < restMs;
		// Whoever follows a crowd belongs to it.
		if (!isQuiet || count > crowdAbove) lastAtMs = now;
		return isQuiet ? null : type;
	};
}
