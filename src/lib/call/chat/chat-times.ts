/**
 * When messages were written, by this device's clock. Authors give the time by their own clocks, which may be wrong by any amount. So a
 * message that came while we were here is placed by when it came, and the author's other messages by how far off their clock was then. The
 * rest is history by people whose clocks nobody here has seen: it stays between its neighbours. No message is shown as later than it came,
 * or out of order.
 */
import type { ChatMessage } from '../../protocol/peer/chat';

/** A message that came this much later than its author says was on its way, or waited for a connection. */
const onTheWayMs = 10_000;
/** No conversation is older than this. */
const ageMaxMs = 30 * 24 * 3_600_000;

export interface ChatTimes {
	/**
	 * A message came, at `cameAt` (milliseconds since the epoch, like all times here). `after`: a time at which its author had not written
	 * it yet; `null` where we can't know, as with messages from before we came.
	 */
	came(message: ChatMessage, cameAt: number, after: number | null): void;
	/** One of our own was written. */
	wrote(message: ChatMessage): void;
	/** The times of messages, in the order in which they are shown. */
	of(messages: readonly ChatMessage[]): number[];
}

interface Coming {
	cameAt: number;
	/** When it was written, if its arrival tells. */
	writtenAt: number | null;
}

/** An author's clock is behind ours by an amount between these two. */
interface Lag {
	leastMs: number;
	mostMs: number;
}

/**
 * `ourId`: our id as an author. A message with that id says that it came from this device, maybe before this page was loaded. Its clock then
 * gets more weight, but nothing else follows from it.
 */
export function createChatTimes(ourId: () => string): ChatTimes {
	const comings = new WeakMap<ChatMessage, Coming>();
	const lags = new Map<string, Lag>();

	/** 0 where their clock may be right, else `mostMs`: it comes from the message that spent the least time on its way. */
	function lagOf(stream: string): number {
		const lag = lags.get(stream);
		return !lag || (lag.leastMs <= 0 && lag.mostMs >= 0) ? 0 : lag.mostMs;
	}

	function learn({ stream, sentAt }: ChatMessage, after: number, cameAt: number): void {
		const seen = { leastMs: after - sentAt, mostMs: cameAt - sentAt };
		const before = lags.get(stream) ?? seen;
		const leastMs = Math.max(before.leastMs, seen.leastMs);
		const mostMs = Math.min(before.mostMs, seen.mostMs);
		// If the bounds contradict each other, the author has set their clock.
		lags.set(stream, leastMs <= mostMs ? { leastMs, mostMs } : seen);
	}

	return {
		came(message, cameAt, after) {
			if (after === null) return void comings.set(message, { cameAt, writtenAt: null });
			const earliest = Math.min(after, cameAt) - onTheWayMs;
			learn(message, earliest, cameAt);
			const writtenAt = between(message.sentAt + lagOf(message.stream), earliest, cameAt);
			comings.set(message, { cameAt, writtenAt });
		},

		wrote(message) {
			comings.set(message, { cameAt: message.sentAt, writtenAt: message.sentAt });
		},

		of(messages) {
			const ours = ourId();
			const asked = messages.map((message): Asked => {
				const coming = comings.get(message);
				const weight = message.author === ours ? 2 : 1;
				if (typeof coming?.writtenAt === 'number')
					return { said: coming.writtenAt, cameAt: coming.cameAt, isKnown: true, weight };
				const time = message.sentAt + lagOf(message.stream);
				const cameAt = coming?.cameAt ?? message.sentAt;
				return { said: cameAt - time > ageMaxMs ? cameAt : time, cameAt, isKnown: false, weight };
			});
			return inOrder(asked);
		},
	};
}

interface Asked {
	/** When it was written: known from when it came, or as its author says. */
	said: number;
	cameAt: number;
	/** `said` is known from when it came. */
	isKnown: boolean;
	/** How much its author's clock counts. */
	weight: number;
}

/**
 * The times in order: none is before the one it follows. None is later than its message came, or than a following message came, whatever
 * anybody says. A time that is known bounds the times around it. This runs over thousands of messages for each one that comes, so it makes
 * no lists in between.
 */
function inOrder(asked: readonly Asked[]): number[] {
	const times = new Array<number>(asked.length);
	let latest = Infinity;
	eachBackwards(asked, ({ said, cameAt }, index) => {
		latest = Math.min(latest, cameAt);
		times[index] = Math.min(said, latest);
	});
	let known = Number.NEGATIVE_INFINITY;
	asked.forEach(({ isKnown }, index) => {
		const time = times[index] as number;
		if (isKnown) known = Math.max(known, time);
		times[index] = Math.max(time, known);
	});
	known = Infinity;
	eachBackwards(asked, ({ isKnown }, index) => {
		const time = times[index] as number;
		if (isKnown) known = Math.min(known, time);
		times[index] = Math.min(time, known);
	});
	// If two clocks contradict each other, the one with less weight of messages is taken to be wrong.
	const [up, down] = [[...times], [...times]];
	let [raised, lowered] = [0, 0];
	let bound = Number.NEGATIVE_INFINITY;
	asked.forEach(({ weight }, index) => {
		const time = times[index] as number;
		bound = up[index] = Math.max(bound, time);
		if (bound !== time) raised += weight;
	});
	bound = Infinity;
	eachBackwards(asked, ({ weight }, index) => {
		const time = times[index] as number;
		bound = down[index] = Math.min(bound, time);
		if (bound !== time) lowered += weight;
	});
	return raised < lowered ? up : down;
}

function eachBackwards<Item>(items: readonly Item[], visit: (item: Item, index: number) => void): void {
	for (let index = items.length - 1; index >= 0; index--) visit(items[index] as Item, index);
}

function between(time: number, least: number, most: number): number {
	return Math.max(least, Math.min(time, most));
}
