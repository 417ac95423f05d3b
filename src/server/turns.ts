/**
 * Whose frame is next. In each turn of the event loop an address has a little handled at once; what else came from it waits, and so does
 * what its limits leave no room for: a burst of one costs the others a moment of it, and nobody is refused for what others of the same
 * address do. While something of a connection waits, nothing more of it is read, so that one read's worth is all that is kept. Knows
 * nothing of what a frame is.
 */
import type { Clock } from './clock';
import type { Taken } from './rate-limit';

export interface Turns {
	/** The frames of one connection, which are handled in the order in which they came. */
	open(address: string, connection: TakesTurns): Line;
}

interface TakesTurns {
	/** Whether the limits that it shares leave room for a frame, or when to ask again. Asked before each. */
	mayGo(): Taken;
	/** Reads no more from now on, or goes on reading. */
	hold(held: boolean): void;
}

export interface Frame {
	/** What it counts as in its turn. */
	readonly bytes: number;
	/** What it returns is handled next, each in a turn of its own. */
	handle(): readonly Frame[] | void;
}

export interface Line {
	/** Handles a frame now, or in its turn. */
	add(frame: Frame): void;
	/** Handles the end, after what waits. What the limits leave no room for by then is forgotten: nobody is there to be answered. */
	end(handle: () => void): void;
	/** True while something waits. */
	isWaiting(): boolean;
	/** Forgets what waits. */
	drop(): void;
}

/** What an address may have handled in a turn, in bytes, and at least one frame: eight short calls, which is about a millisecond. */
export const sliceBytes = 1_024;
/** The same of all that wait. Then whoever has just come is heard. */
export const turnBytes = 8 * sliceBytes;
/** What a frame costs at least, however short it is. */
const frameBytesMin = 128;
/** Not all at once, and not for every call: to ask is work as well. */
const askAgainMs = { least: 250, most: 1_000 };

interface Waiting {
	readonly frames: Frame[];
	readonly connection: TakesTurns;
	/** Waits for its limits, in no row. */
	isLate: boolean;
	end: (() => void) | null;
}

export function createTurns(
	clock: Pick<Clock, 'after'>,
	defer: (run: () => void) => void = setImmediate,
): Turns {
	/** By address, those with something that waits and that may go as far as anybody knows, in the order of their turns. */
	const rows = new Map<string, Set<Waiting>>();
	/** What each address has had of this turn, in bytes. */
	const had = new Map<string, number>();
	let hadByAll = 0;
	let isDeferred = false;

	function deferOnce(): void {
		if (isDeferred) return;
		isDeferred = true;
		defer(nextTurn);
	}

	function nextTurn(): void {
		isDeferred = false;
		had.clear();
		hadByAll = 0;
		for (const [address, row] of [...rows]) {
			if (hadByAll >= turnBytes) break;
			serve(address, row);
			// To the end, or out.
			rows.delete(address);
			if (row.size > 0) rows.set(address, row);
		}
		if (rows.size > 0) deferOnce();
	}

	const hasHadTurn = (address: string) => (had.get(address) ?? 0) >= sliceBytes;

	function spend(address: string, bytes: number): void {
		const cost = Math.max(frameBytesMin, bytes);
		had.set(address, (had.get(address) ?? 0) + cost);
		hadByAll += cost;
		deferOnce();
	}

	function serve(address: string, row: Set<Waiting>): void {
		for (const waiting of row) {
			if (hasHadTurn(address)) return;
			row.delete(waiting);
			const { frames, connection } = waiting;
			const asked = connection.mayGo();
			if (!asked.ok) {
				if (waiting.end) finish(waiting);
				else enterLater(address, waiting, asked.retryAfterMs);
				continue;
			}
			const frame = frames.shift();
			if (!frame) continue;
			spend(address, frame.bytes);
			frames.unshift(...(frame.handle() ?? []));
			if (frames.length > 0) row.add(waiting);
			else finish(waiting);
		}
	}

	/** Nothing waits any more. */
	function finish(waiting: Waiting): void {
		const { frames, connection, end } = waiting;
		frames.length = 0;
		waiting.end = null;
		if (end) end();
		else connection.hold(false);
	}

	/** At the end of the row. */
	function enter(address: string, waiting: Waiting): void {
		const row = rows.get(address) ?? new Set();
		rows.set(address, row.add(waiting));
		deferOnce();
	}

	function enterLater(address: string, waiting: Waiting, inMs: number): void {
		waiting.isLate = true;
		const delayMs = Math.max(askAgainMs.least, Math.min(askAgainMs.most, inMs));
		clock.after(delayMs * (0.5 + Math.random() / 2), () => {
			waiting.isLate = false;
			if (waiting.frames.length > 0) enter(address, waiting);
		});
	}

	return {
		open(address, connection) {
			const waiting: Waiting = { frames: [], connection, isLate: false, end: null };
			return {
				add(frame) {
					// Those that wait were there before.
					const isNext = waiting.frames.length === 0 && !rows.has(address) && !hasHadTurn(address);
					const asked = isNext ? connection.mayGo() : null;
					if (asked?.ok) spend(address, frame.bytes);
					const left = asked?.ok ? (frame.handle() ?? []) : [frame];
					if (left.length === 0 || waiting.frames.push(...left) > left.length) return;
					connection.hold(true);
					if (asked?.ok === false) enterLater(address, waiting, asked.retryAfterMs);
					else enter(address, waiting);
				},
				end(handle) {
					if (waiting.frames.length === 0) return handle();
					waiting.end = handle;
					if (waiting.isLate) finish(waiting);
				},
				isWaiting: () => waiting.frames.length > 0,
				drop() {
					if (waiting.frames.length === 0) return;
					rows.get(address)?.delete(waiting);
					// Its end is still to be heard of.
					finish(waiting);
				},
			};
		},
	};
}
