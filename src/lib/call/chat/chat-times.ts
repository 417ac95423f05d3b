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

/** `isOurs`: by its own word, from this device before this page was loaded. Its clock counts for more, and for no more than that. */
export function createChatTimes(isOurs: (message: ChatMessage) => boolean): ChatTimes {
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
			const known = messages.map((message) => comings.get(message));
			const times = messages.map(({ stream, sentAt }, index) => {
				const { cameAt = sentAt, writtenAt = null } = known[index] ?? {};
				if (writtenAt !== null) return writtenAt;
				const time = sentAt + lagOf(stream);
				return cameAt - time > ageMaxMs ? cameAt : time;
			});
			return inOrder(
				times,
				messages.map(({ sentAt }, index) => known[index]?.cameAt ?? sentAt),
				messages.map((_, index) => known[index]?.writtenAt != null),
				messages.map((message) => (isOurs(message) ? 2 : 1)),
			);
		},
	};
}

/**
 * The times, so that none is before one that it follows. None is later than it came, or than one that follows it came, whatever anybody says;
 * those whose time is known hold the others between them.
 */
function inOrder(said: number[], cameAt: number[], isKnown: boolean[], weights: number[]): number[] {
	const bounded = each(Math.min, said, lowestFrom(cameAt));
	const known = bounded.map((time, index) => (isKnown[index] ? time : Number.NEGATIVE_INFINITY));
	const after = each(Math.max, bounded, highestUpTo(known));
	const next = lowestFrom(after.map((time, index) => (isKnown[index] ? time : Infinity)));
	const times = each(Math.min, after, next);
	// Of two clocks that contradict each other, the one that fewer messages are written by is taken for wrong.
	const [up, down] = [highestUpTo(times), lowestFrom(times)];
	const changes = (after: number[]) =>
		weights.reduce((sum, weight, index) => (times[index] === after[index] ? sum : sum + weight), 0);
	return changes(up) < changes(down) ? up : down;
}

function each(choose: (one: number, other: number) => number, these: number[], those: number[]): number[] {
	return these.map((one, index) => choose(one, those[index] as number));
}

function highestUpTo(times: number[]): number[] {
	let highest = Number.NEGATIVE_INFINITY;
	return times.map((time) => (highest = Math.max(highest, time)));
}

function lowestFrom(times: number[]): number[] {
	return highestUpTo(times.map((time) => -time).reverse())
		.map((time) => -time)
		.reverse();
}

function between(time: number, least: number, most: number): number {
	return Math.max(least, Math.min(time, most));
}
