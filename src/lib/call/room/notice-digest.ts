/**
 * Puts what the others do into few enough lines that they can be read out. For each person and kind, only the last state counts, and there
 * is at most one line in two seconds. If several people do the same, that is one line. All together, there is at most one line a second. So
 * nobody can flood a screen reader, or a screen. Knows nothing of words.
 */
import type { Clock, Unsubscribe } from '../../platform/platform';
import { authorOf, othersNoticeKinds, type OthersNotice, type OthersNoticeType } from './others-notice';

export interface NoticeLine {
	type: OthersNoticeType;
	/** Their names when it happened: each name once, in the order in which it happened. */
	names: string[];
	/** How many people, or, for kinds that are counted, how many times. */
	count: number;
	/** The text of the last one, if it has one. */
	text: string;
}

export interface NoticeDigest {
	handle(notice: OthersNotice): void;
	/** Drops what waits to be told of this kind, because it has been seen. */
	forget(type: OthersNoticeType): void;
	close(): void;
}

/** How long a notice waits for more of its kind. */
const gatherMs = 250;
const personMs = 2_000;
/** After the first time, a state is told once it has not changed for `settleMs`, or at the latest after `patienceMs`. */
const settleMs = 2_000;
const patienceMs = 10_000;
const lineMs = 1_000;
/** How many pairs of person and kind we track at once: more than the largest room has. What exceeds it is not told. */
const strandsMax = 512;

/** One person and one kind of notice. */
interface Strand {
	name: string;
	/** What was told last, or was true before: it need not be told again. */
	known: OthersNoticeType | null;
	latest: OthersNoticeType;
	count: number;
	text: string;
	/** Since when something waits to be told; `null` when nothing does. */
	waitsSinceMs: number | null;
	changedAtMs: number;
	toldAtMs: number | null;
}

export function createNoticeDigest(
	clock: Pick<Clock, 'now' | 'after'>,
	tell: (line: NoticeLine) => void,
): NoticeDigest {
	const strands = new Map<string, Strand>();
	let lineAtMs = -Infinity;
	let cancelTimer: Unsubscribe = () => {};

	function handle(notice: OthersNotice): void {
		const now = clock.now();
		const { id, name, text } = authorOf(notice);
		const key = keyOf(id, notice.type);
		let strand = strands.get(key);
		if (!strand) {
			if (strands.size >= strandsMax) return;
			strand = {
				...{
					name,
					latest: notice.type,
					known: othersNoticeKinds[notice.type].undoes ?? null,
					count: 0,
					text: '',
				},
				...{ waitsSinceMs: null, changedAtMs: now, toldAtMs: null },
			};
			strands.set(key, strand);
		}
		strand.name = name;
		strand.latest = notice.type;
		strand.changedAtMs = now;
		strand.waitsSinceMs ??= now;
		strand.count++;
		strand.text = text;
		schedule();
	}

	/** When it may be told. For a strand that has nothing to tell, when it may be dropped. */
	function dueAtMs({ latest, waitsSinceMs, changedAtMs, toldAtMs }: Strand): number {
		if (waitsSinceMs === null) return (toldAtMs ?? 0) + personMs;
		const gathered = waitsSinceMs + gatherMs;
		if (toldAtMs === null) return gathered;
		const settled = Math.min(changedAtMs + settleMs, waitsSinceMs + patienceMs);
		return Math.max(toldAtMs + personMs, othersNoticeKinds[latest].isCounted ? gathered : settled);
	}

	function schedule(): void {
		cancelTimer();
		let dueMs = Infinity;
		for (const strand of strands.values()) dueMs = Math.min(dueMs, dueAtMs(strand));
		if (dueMs === Infinity) return;
		const now = clock.now();
		cancelTimer = clock.after(Math.max(dueMs, lineAtMs + lineMs) - now, run);
	}

	function run(): void {
		const now = clock.now();
		const due: Strand[] = [];
		for (const [key, strand] of strands) {
			if (dueAtMs(strand) > now) continue;
			// Two seconds have passed without anything new, or the state is back to what is known.
			if (strand.waitsSinceMs === null || strand.latest === strand.known) strands.delete(key);
			else due.push(strand);
		}
		due.sort((a, b) => (a.waitsSinceMs ?? 0) - (b.waitsSinceMs ?? 0));
		const type = due[0]?.latest;
		if (type)
			tellOf(
				type,
				due.filter(({ latest }) => latest === type),
			);
		schedule();
	}

	function tellOf(type: OthersNoticeType, alike: Strand[]): void {
		const { isCounted } = othersNoticeKinds[type];
		lineAtMs = clock.now();
		tell({
			type,
			names: [...new Set(alike.map(({ name }) => name))],
			count: isCounted ? alike.reduce((sum, { count }) => sum + count, 0) : alike.length,
			text: alike.at(-1)?.text ?? '',
		});
		for (const strand of alike) {
			strand.known = isCounted ? null : type;
			strand.toldAtMs = lineAtMs;
			strand.waitsSinceMs = null;
			strand.count = 0;
		}
	}

	return {
		handle,
		forget(type) {
			for (const [key, { latest }] of strands) if (latest === type) strands.delete(key);
			schedule();
		},
		close() {
			cancelTimer();
			strands.clear();
		},
	};
}

/** Two kinds that undo each other are one strand, so that the last of them counts. */
function keyOf(id: string, type: OthersNoticeType): string {
	const [kind] = [type, othersNoticeKinds[type].undoes ?? type].sort();
	return `${kind} ${id}`;
}
