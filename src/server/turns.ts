/**
 * Whose frame is next. In each turn of the event loop, a little from each address is handled at once. The rest waits, and so does what
 * exceeds its limits. So a burst from one address delays the others only for a moment, and nobody is refused because of others at the
 * same address. While frames of a connection wait, nothing more is read from it, so no more than one read's worth is kept. Knows
 * nothing of what a frame is.
 */
import type { Clock } from './clock';
import type { Taken } from './rate-limit';

export interface Turns {
	/** A line for the frames of one connection, which are handled in the order in which they came. */
	open(address: string, connection: TakesTurns): Line;
}

interface TakesTurns {
	/** Whether the limits that it shares allow another frame, or when to ask again. Asked before each frame. */
	mayGo(): Taken;
	/** `true`: read no more. `false`: go on reading. */
	hold(held: boolean): void;
}

export interface Frame {
	/** How much of a turn it takes. */
	readonly bytes: number;
	/** The frames that it returns are handled next, each counted by itself. */
	handle(): readonly Frame[] | void;
}

export interface Line {
	/** Handles a frame, now or when its turn comes. */
	add(frame: Frame): void;
	/** Handles the end, after the frames that wait. Those that exceed the limits by then are dropped, as there is nobody to answer. */
	end(handle: () => void): void;
	/** True while something waits. */
	isWaiting(): boolean;
	/** Drops what waits. */
	drop(): void;
}

/** How many bytes of an address are handled in a turn, and at least one frame: eight short calls, which take about a millisecond. */
export const sliceBytes = 1_024;
/** The same for all that wait. After that, newcomers get a chance. */
export const turnBytes = 8 * sliceBytes;
/** The least that a frame counts as, however short it is. */
const frameBytesMin = 128;
/** Spread out, and not asked for every call, because asking is work too. */
const askAgainMs = { least: 250, most: 1_000 };

interface Waiting {
	readonly frames: Frame[];
	readonly connection: TakesTurns;
	/** Waits for its limits, and is in no row. */
	isLate: boolean;
	end: (() => void) | null;
}

export function createTurns(
	clock: Pick<Clock, 'after'>,
	defer: (run: () => void) => void = setImmediate,
): Turns {
	/** By address, the connections whose frames wait and may go as far as we know, in the order of their turns. */
	const rows = new Map<string, Set<Waiting>>();
	/** How much of this turn each address has used, in bytes. */
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
			// Moves the address to the end, or removes it.
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

	/** Nothing of it waits any more. */
	function finish(waiting: Waiting): void {
		const { frames, connection, end } = waiting;
		frames.length = 0;
		waiting.end = null;
		if (end) end();
		else connection.hold(false);
	}

	/** Puts it at the end of its row. */
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
					// Frames that already wait go first.
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
					// Its end still has to be handled.
					finish(waiting);
				},
			};
		},
	};
}
