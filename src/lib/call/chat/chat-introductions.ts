/**
 * Which streams we introduce to the others: those of page loads that are gone. Somebody who comes later takes them on our word. An
 * introducer has one account for all of them, so this is about sharing it out. Those we met ourselves go first, the ones who stayed longest
 * at the front, and no stream gets more than a quarter of what is left. The fuller the account, the longer a page load must have stayed:
 * anybody can make page loads for free, but not time spent in a seat.
 */
import { limits } from '../../protocol';
import { introducesMax } from '../../protocol/peer/chat';
import type { ChatStreams } from './chat-streams';

/** Introductions are messages in our own stream, and most of that is for what the person writes. */
export const introductionsMax = 256;
/** All those who stayed no longer than this share half of the account. Twice as long gives access to three quarters, and so on. */
const shortStayMs = 120_000;

/** Once this many streams are introduced, somebody who stayed this long no longer is. */
export function streamsFor(stayMs: number): number {
	return Math.floor(limits.introducedStreamsMax * (1 - Math.min(1, shortStayMs / stayMs) / 2));
}

/** The next introduction; empty when there is nothing to say. */
export function nextIntroduction(
	streams: ChatStreams,
	own: string,
	isPresent: (stream: string) => boolean,
	/** How long the author was here before they left, in milliseconds. */
	stayMs: (stream: string) => number,
): [string, number][] {
	const account = { ...streams.account(own) };
	const chosen: [string, number][] = [];
	for (const name of candidates(streams, own, isPresent, stayMs)) {
		if (chosen.length === introducesMax) break;
		const before = streams.granted(own, name);
		if (before === null && account.streams >= streamsFor(stayMs(name))) continue;
		const left = limits.introducedMessagesMax - account.messages;
		const granted = Math.min(streams.messages(name).length, Math.floor((left + (before ?? 0)) / 4));
		if (granted <= (before ?? 0) && !(before === null && streams.forkOf(name))) continue;
		account.streams += before === null ? 1 : 0;
		account.messages += granted - (before ?? 0);
		chosen.push([name, granted]);
	}
	return chosen;
}

function candidates(
	streams: ChatStreams,
	own: string,
	isPresent: (stream: string) => boolean,
	stayMs: (stream: string) => number,
): string[] {
	const met: string[] = [];
	/** Grouped by who introduced them to us, so that one introducer's streams can't crowd out another's. */
	const hearsay = new Map<string, string[]>();
	for (const name of streams.wanted()) {
		if (name === own || isPresent(name)) continue;
		const before = streams.granted(own, name);
		const isNews = streams.messages(name).length > (before ?? 0) || (before === null && streams.forkOf(name));
		if (!isNews) continue;
		if (streams.isMet(name)) met.push(name);
		else {
			const [introducer = ''] = streams.introducersOf(name).sort();
			hearsay.set(introducer, [...(hearsay.get(introducer) ?? []), name]);
		}
	}
	const shortestFirst = (names: string[]) =>
		names.sort((a, b) => streams.messages(a).length - streams.messages(b).length || (a < b ? -1 : 1));
	const turns = [...hearsay.values()].map(shortestFirst);
	const inTurn = Array.from({ length: Math.max(0, ...turns.map(({ length }) => length)) }, (_, turn) =>
		turns.flatMap((names) => names[turn] ?? []),
	);
	const longestStayFirst = shortestFirst(met).sort((a, b) => stayMs(b) - stayMs(a));
	return [...longestStayFirst, ...inTurn.flat()];
}
