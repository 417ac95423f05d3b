/**
 * What one side has and the other lacks, in both directions: which streams to ask somebody for, and what to send to somebody who asks.
 * Pure: it reads what is held and what was claimed, and sends nothing.
 */
import { forkedTail, type ChatHolding, type ChatMessage } from '../../protocol/peer/chat';
import type { ChatPeerMessage } from '../../protocol/peer/peer-message';
import { batches } from './chat-batches';
import type { Claim } from './chat-remote';
import type { ChatStreams } from './chat-streams';

/** The streams of which somebody claims to hold something that we lack and would take. */
export function lackedStreams(streams: ChatStreams, claimed: ReadonlyMap<string, Claim>): string[] {
	const names: string[] = [];
	for (const [name, { count, tail }] of claimed) {
		if (!streams.isWanted(name) || streams.forkOf(name)) continue;
		const held = streams.messages(name).length;
		const differs = tail !== '' && count <= held && streams.tail(name, count) !== tail;
		if (tail === forkedTail || differs || Math.min(count, streams.limitOf(name)) > held) names.push(name);
	}
	return names;
}

/** What somebody who holds only `asked` lacks. Our `own` stream goes first, because it introduces the others. */
export function* answersTo(
	streams: ChatStreams,
	own: string,
	asked: readonly ChatHolding[],
): Generator<ChatPeerMessage> {
	const ownFirst = [...asked].sort(([a], [b]) => Number(b === own) - Number(a === own));
	const missing: ChatMessage[] = [];
	for (const [name, count, tail, limit] of ownFirst) {
		const fork = streams.forkOf(name);
		if (fork && tail !== forkedTail) yield { type: 'chat-fork', messages: fork };
		if (fork || tail === forkedTail) continue;
		const held = streams.messages(name);
		// Their content differs from ours somewhere: they find out where from our messages.
		const differs = count > 0 && count <= held.length && streams.tail(name, count) !== tail;
		missing.push(...held.slice(differs ? 0 : count, Math.max(limit, differs ? count : 0)));
	}
	for (const messages of batches(missing)) yield { type: 'chat-messages', messages };
}
