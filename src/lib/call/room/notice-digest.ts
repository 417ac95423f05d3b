/**
 * What the others do, in so few lines that they can be read out. For each person and kind the last state counts, and one line
 * in two seconds; what several do alike is one line; and of all together there is one a second. So nobody can talk a screen
 * reader, or a screen, to death. Knows nothing of words.
 */
import type { Clock, Unsubscribe } from '../../platform/platform';
import { authorOf, othersNoticeKinds, type OthersNotice, type OthersNoticeType } from './others-notice';

export interface NoticeLine {
	type: OthersNoticeType;
	/** Who, as they were called when it happened: each name once, in the order in which it happened. */
	names: string[];
	/** How many people, or of what is counted how many. */
	count: number;
	/** The last one's, if it has one. */
	text: string;
}

export interface NoticeDigest {
	handle(notice: OthersNotice): void;
	/** What waits to be told of this kind is not told: it has been seen. */
	forget(type: OthersNoticeType): void;
	close(): void;
}

/** How long something waits for more of its kind. */
const gatherMs = 250;
const personMs = 2_000;
/** A state is told when it has stood for as long as that, and at the latest after `patienceMs`. */
const settleMs = 2_000;
const patienceMs = 10_000;
const lineMs = 1_000;
/** People and kinds at once: more than the largest room has. What is beyond is not told. */
const strandsMax = 512;

/** One person and one kind of thing. */
interface Strand {
	name: string;
	/** What was told last, or was the case before: the same need not be told again. */
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

	/** Of what has been told already: when it may be told again. */
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
			// Two seconds have passed, and nothing more has come of it.
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

/** What undoes what is one strand, so that the last of them counts. */
function keyOf(id: string, type: OthersNoticeType): string {
	const [kind] = [type, othersNoticeKinds[type].undoes ?? type].sort();
	return `${kind} ${id}`;
}
