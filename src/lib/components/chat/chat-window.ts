/**
 * Which part of a long conversation is on the page: the newest while one is at its end, and otherwise what is read and some
 * around it. Pure.
 */
import type { ChatGroup } from './chat-groups';

/** Messages that come onto the page, or go from it, at a time. */
export const pageLength = 100;
/** Messages on the page at most. */
export const windowMax = 3 * pageLength;

/** The messages from `start` up to and without `end`. */
export interface ChatWindow {
	start: number;
	end: number;
}

/** The newest: at least a page, and the start moves a page at a time, so that what is read aloud does not. */
export function newest(length: number): ChatWindow {
	return { start: Math.max(0, Math.floor(length / pageLength) - 1) * pageLength, end: length };
}

/** What somebody has on the page who reads from there: as much as may be, so that what is written meanwhile comes below. */
export function from(start: number, length: number): ChatWindow {
	const first = Math.max(0, Math.min(start, length - 1));
	return { start: first, end: Math.min(length, first + windowMax) };
}

/** Where to read from for a page of older ones. */
export function earlier({ start }: ChatWindow): number {
	return Math.max(0, start - pageLength);
}

/** Where to read from for a page of newer ones. */
export function later({ start, end }: ChatWindow, length: number): number {
	return Math.max(start, Math.min(length, end + pageLength) - windowMax);
}

/** What is in the window, in the groups it was in: a group whose beginning is outside is the same group. */
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
