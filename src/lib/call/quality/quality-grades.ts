/**
 * "Is it me?" Grades what the detectors found (`quality-detectors.ts`): how good each direction is, why it is not, and whether our own
 * connection is the cause. Pure.
 */
import {
	goodQuality,
	qualityByState,
	worst,
	type ConnectionQuality,
	type Direction,
	type Finding,
	type Grade,
	type QualityCause,
} from './quality';
import type { ConnectionState } from '../transport/transport';

/** `found`: the most important first. */
export function gradeConnection(
	connection: ConnectionState,
	found: ReadonlyMap<Finding, { active: boolean }>,
): ConnectionQuality {
	if (connection !== 'connected') return qualityByState(connection);
	const counting = [...found].flatMap(([finding, { active }]) => (active ? [finding] : []));
	const [first] = counting;
	if (!first) return goodQuality;
	const grade = (direction: Direction) =>
		worst(counting.filter(({ directions }) => directions.includes(direction)).map(({ grade }) => grade));
	return { receiving: grade('receiving'), sending: grade('sending'), cause: first.cause };
}

/**
 * Grades our own connection by those to the others: a problem that most of them have in the same direction has its cause here. With only
 * one other we can't tell whose problem it is, except that a busy device is ours.
 * @param others the connections that have been made before
 */
export function gradeOwn(others: readonly ConnectionQuality[]): ConnectionQuality {
	const busy = others.find(({ cause }) => cause === 'cpu-limited');
	const most = (count: number) => others.length > 1 && count * 2 > others.length;
	const grade = (direction: Direction): Grade => {
		const bad = others.filter((other) => other[direction] !== 'good').length;
		const lost = others.filter((other) => other[direction] === 'lost').length;
		if (most(lost)) return 'lost';
		return most(bad) ? 'poor' : 'good';
	};
	const receiving = grade('receiving');
	const sending = grade('sending');
	if (receiving === 'good' && sending === 'good') {
		return busy ? { receiving, sending: 'poor', cause: 'cpu-limited' } : goodQuality;
	}
	return { receiving, sending, cause: mostCommon(others.flatMap(({ cause }) => cause ?? [])) };
}

export function sameQuality(a: ConnectionQuality, b: ConnectionQuality): boolean {
	return a.receiving === b.receiving && a.sending === b.sending && a.cause === b.cause;
}

function mostCommon(causes: readonly QualityCause[]): QualityCause | null {
	const counts = new Map<QualityCause, number>();
	for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
	return [...counts].reduce<[QualityCause | null, number]>(
		(best, next) => (next[1] > best[1] ? next : best),
		[null, 0],
	)[0];
}
