/**
 * When messages were written, by this device's clock. Authors say it by theirs, which may be wrong by any amount, so what came while one was
 * here is placed by when it came, and what else its author wrote by how far off their clock was then. What is left is history
 * of people whose clock nobody here has seen: it stays between its neighbours. Nothing is shown as later than it came, or out of order.
 */
import type { ChatMessage } from '../../protocol/peer/chat';

/** What came so much later than its author says was on the way, or waited for a connection. */
const onTheWayMs = 10_000;
/** No conversation is older than this. */
const ageMaxMs = 30 * 24 * 3_600_000;

export interface ChatTimes {
	/**
	 * A message came, at `cameAt` (milliseconds since the epoch, as all times here). `after`: a time before which its author had not written it,
	 * `null` where that is not known, as of what was there before us.
	 */
	came(message: ChatMessage, cameAt: number, after: number | null): void;
	/** One of our own was written. */
	wrote(message: ChatMessage): void;
	/** The times of messages, in the order in which they are shown. */
	of(messages: readonly ChatMessage[]): number[];
}

interface Coming {
	cameAt: number;
	/** When it was written, where that is known from its coming. */
	writtenAt: number | null;
}

/** How far an author's clock is behind ours, between these two. */
interface Lag {
	leastMs: number;
	mostMs: number;
}

/**
 * `ourId`: who we are as an author. Messages under that name are from this device by their own word, also from before this page was loaded. Their
 * clock counts for more, and no more than that.
 */
export function createChatTimes(ourId: () => string): ChatTimes {
	const comings = new WeakMap<ChatMessage, Coming>();
	const lags = new Map<string, Lag>();

	/** None where their clock may be right; else the most: how long it took to come is part of the others. */
	function lagOf(stream: string): number {
		const { leastMs, mostMs } = lags.get(stream) ?? { leastMs: 0, mostMs: 0 };
		return leastMs <= 0 && mostMs >= 0 ? 0 : mostMs;
	}

	function learn({ stream, sentAt }: ChatMessage, after: number, cameAt: number): void {
		const seen = { leastMs: after - sentAt, mostMs: cameAt - sentAt };
		const before = lags.get(stream) ?? seen;
		const leastMs = Math.max(before.leastMs, seen.leastMs);
		const mostMs = Math.min(before.mostMs, seen.mostMs);
		// Somebody has set their clock.
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
				const { author, stream, sentAt } = message;
				const { cameAt = sentAt, writtenAt = null } = comings.get(message) ?? {};
				const weight = author === ours ? 2 : 1;
				if (writtenAt !== null) return { said: writtenAt, cameAt, isKnown: true, weight };
				const time = sentAt + lagOf(stream);
				return { said: cameAt - time > ageMaxMs ? cameAt : time, cameAt, isKnown: false, weight };
			});
			return inOrder(asked);
		},
	};
}

interface Asked {
	/** When it was written, as far as its author or its coming says. */
	said: number;
	cameAt: number;
	/** Its coming says it. */
	isKnown: boolean;
	/** What its author's clock counts for. */
	weight: number;
}

/**
 * The times, so that none is before one that it follows. None is later than it came, or than one that follows it came, whatever anybody says;
 * those whose time is known hold the others between them. Goes through thousands of messages for each that comes, so it makes no lists between.
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
	// Of two clocks that contradict each other, the one that fewer messages are written by is taken for wrong.
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
