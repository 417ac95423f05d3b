/** Checks a name that somebody has typed. Pure. */
import { normaliseParticipantName } from '../../protocol';

export type TypedName =
	| { ok: true; name: string }
	/** Nothing was typed, or nothing visible. */
	| { ok: false; problem: NameProblem };

export type NameProblem = 'empty' | 'unseen';

export function checkTypedName(typed: string): TypedName {
	const name = normaliseParticipantName(typed);
	if (name !== '') return { ok: true, name };
	return { ok: false, problem: typed.trim() === '' ? 'empty' : 'unseen' };
}
