/**
 * Which part of a long conversation is on the page: the newest messages while one is at the end, otherwise those being read and some around them.
 * Pure.
 */
import type { ChatGroup } from './chat-groups';

/** How many messages are added or removed at a time. */
export const pageLength = 100;
/** The most messages on the page while somebody reads further up. At the end there are fewer than two pages. */
export const windowMax = 3 * pageLength;

/** The messages from `start` up to `end`, without `end`. */
export interface ChatWindow {
	start: number;
	end: number;
}

/**
 * The newest messages, at least a page. The start moves by a whole page at a time, so that messages are not removed one by one while they are
 * read aloud.
 */
export function newest(length: number): ChatWindow {
	return { start: Math.max(0, Math.floor(length / pageLength) - 1) * pageLength, end: length };
}

/** The messages on the page of somebody who reads from `start` on: as many as allowed, so that new ones are added below. */
export function from(start: number, length: number): ChatWindow {
	const first = Math.max(0, Math.min(start, length - 1));
	return { start: first, end: Math.min(length, first + windowMax) };
}

/** The start for a page of older messages. */
export function earlier({ start }: ChatWindow): number {
	return Math.max(0, start - pageLength);
}

/** The start for a page of newer messages. */
export function later({ start, end }: ChatWindow, length: number): number {
	return Math.max(start, Math.min(length, end + pageLength) - windowMax);
}

/** The messages in the window, in their groups. A group whose beginning is outside keeps its id. */
export function within(groups: readonly ChatGroup[], { start, end }: ChatWindow): ChatGroup[] {
	const result: ChatGroup[] = [];
	let index = 0;
	for (const group of groups) {
		const [from, to] = [Math.max(0, start - index), end - index];
		index += group.entries.length;
		if (to <= 0) break;
		if (from >= group.entries.length) continue;
		const isWhole = from === 0 && to >= group.entries.length;
		result.push(isWhole ? group : { ...group, entries: group.entries.slice(from, to) });
	}
	return result;
}
