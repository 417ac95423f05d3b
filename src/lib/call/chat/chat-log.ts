/**
 * The conversation: the messages we hold, in the order in which everyone who holds them sees them. Pure arithmetic, no carriers.
 *
 * Messages are sorted by `order`, a counter that each author writes and so may lie about. A lie can't use the counter up. An order that is
 * too high for the number of messages ever held is not believed: the message is placed where its author's last believed one is, until the
 * conversation has grown that far. Nobody counts on from such an order either. What is believed depends only on the messages held, so equal
 * messages make equal conversations.
 */
import type { ChatMessage } from '../../protocol/peer/chat';
import type { ChatStreams } from './chat-streams';

/** How far one message may raise the counter. An honest one raises it by one. */
export const leapMax = 1_000;

interface Place {
	readonly message: ChatMessage;
	/** Its order if that is believed, or else the place of the last believed message before it. */
	readonly at: number;
}

export interface ChatLog {
	/** In the order in which they are shown, without introductions. The same array while nothing has changed. */
	messages(): readonly ChatMessage[];
	/** The order of the next message written here: after everything that is believed. */
	nextOrder(own: string): number;
	/** A message was added to the streams. */
	insert(message: ChatMessage): void;
	/** Messages were removed from the streams. */
	rebuild(): void;
}

export function createChatLog(streams: ChatStreams): ChatLog {
	let places: Place[] = [];
	let shown: readonly ChatMessage[] | null = [];
	/** The smallest order that is not believed yet. */
	let leaping = Infinity;
	let stale = false;

	const believedMax = () => leapMax * (streams.weight + 1);

	function placeOf(message: ChatMessage, before: number): Place {
		const isBelieved = message.order <= believedMax();
		if (!isBelieved) leaping = Math.min(leaping, message.order);
		return { message, at: isBelieved ? message.order : before };
	}

	function refresh(): void {
		if (!stale && leaping > believedMax()) return;
		stale = false;
		leaping = Infinity;
		places = [];
		for (const name of streams.wanted()) {
			let before = 0;
			for (const message of streams.messages(name)) {
				const place = placeOf(message, before);
				before = place.at;
				places.push(place);
			}
		}
		places.sort(compare);
		shown = null;
	}

	/**
	 * The place of the message before it in its stream. Found by walking back: messages that are not believed share the place of the last
	 * one that is.
	 */
	function placeBefore({ stream, sequence }: ChatMessage): number {
		const messages = streams.messages(stream);
		for (let index = sequence - 2; index >= 0; index--) {
			const order = messages[index]?.order ?? 0;
			if (order <= believedMax()) return order;
		}
		return 0;
	}

	return {
		messages() {
			refresh();
			shown ??= places.map(({ message }) => message).filter(({ text }) => text !== '');
			return shown;
		},
		nextOrder(own) {
			refresh();
			return Math.max(places.at(-1)?.at ?? 0, streams.messages(own).at(-1)?.order ?? 0) + 1;
		},
		insert(message) {
			if (stale) return;
			const place = placeOf(message, placeBefore(message));
			let [index, high] = [0, places.length];
			while (index < high) {
				const middle = (index + high) >> 1;
				if (compare(places[middle] as Place, place) < 0) index = middle + 1;
				else high = middle;
			}
			places.splice(index, 0, place);
			shown = null;
		},
		rebuild() {
			stale = true;
		},
	};
}

/** The order of messages, the same for everyone. Texts are compared by code units, because a locale's order differs between machines. */
function compare(a: Place, b: Place): number {
	if (a.at !== b.at) return a.at - b.at;
	const [one, other] = [a.message, b.message];
	if (one.stream !== other.stream) return one.stream < other.stream ? -1 : 1;
	return one.sequence - other.sequence;
}
