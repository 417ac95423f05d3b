/**
 * Tracks what the others claim to hold, and asks them for what is missing here: again, at growing intervals, until it has come or we give
 * up.
 */
import type { ChatHolding, ChatMessage } from '../../protocol/peer/chat';
import type { Clock } from '../../platform/platform';
import type { ChatDelivery } from './chat-delivery';
import { lackedStreams } from './chat-difference';
import { authorOf, type Remote, type Remotes } from './chat-remote';
import type { ChatStreams } from './chat-streams';

/** Between noticing that something is missing and asking again for it; doubled each time. */
const askMs = 1_000;
/** How often we ask without getting anything new before we stop: somebody may claim what nobody has. */
const asksMax = 5;

export interface ChatClaimsPort {
	clock: Clock;
	/** Our own stream. */
	own: string;
	remotes: Remotes;
	streams: ChatStreams;
	delivery: ChatDelivery;
	answer(remote: Remote): void;
	/** This many of our own messages have reached somebody. */
	reached(count: number): void;
}

export interface ChatClaims {
	/** They told us what they hold. */
	handleHave(remote: Remote, holdings: readonly ChatHolding[], reply: boolean): void;
	/** One of their own messages came: since they wrote it, they also hold all of their earlier ones. */
	handleWritten(remote: Remote, message: ChatMessage): void;
	/** A message introduces streams of others. `more` lists those of which we now take more messages. */
	handleIntroduction(message: ChatMessage, more: string[]): void;
	/** Something new came from them: what else is missing may be on its way, so the waiting starts again. */
	waitAfresh(remote: Remote): void;
	/** Asks again, at growing intervals, while they claim something that we don't hold. */
	askWhileLacking(remote: Remote): void;
}

export function createChatClaims(port: ChatClaimsPort): ChatClaims {
	const { clock, own, remotes, streams, delivery } = port;

	const lackedOf = (remote: Remote) => lackedStreams(streams, remote.claimed);

	function claim(remote: Remote, name: string, count: number, tail: string): void {
		// Only we write our own stream: a claim to more of it than we know is false.
		if (name !== own) remote.claimed.set(name, { count, tail });
	}

	function askWhileLacking(remote: Remote): void {
		if (remote.timers.ask || remote.asks >= asksMax || lackedOf(remote).length === 0) return;
		remote.timers.ask = clock.after(askMs * 2 ** remote.asks++, () => {
			remote.timers.ask = null;
			const lacked = lackedOf(remote);
			if (lacked.length === 0) return;
			delivery.tell(remote, true, lacked);
			askWhileLacking(remote);
		});
	}

	function waitAfresh(remote: Remote): void {
		remote.timers.ask?.();
		remote.timers.ask = null;
		remote.asks = 0;
	}

	return {
		handleHave(remote, holdings, reply) {
			for (const holding of holdings) {
				const [name, count, tail] = holding;
				// Somebody could make up streams without end; we ignore those that we don't take.
				if (!streams.isWanted(name)) continue;
				if (name === remote.end.incarnation) {
					remote.history ??= count;
					remote.told = { count, at: clock.epochMs(), channelOpen: remote.channelOpen };
				}
				claim(remote, name, count, tail);
				remote.unanswered.set(name, holding);
				// What they hold of our stream has reached them, even if the server's answer to us was lost.
				if (name === own && streams.tail(name, count) === tail) port.reached(count);
			}
			port.answer(remote);
			if (!reply) {
				remote.asks = 0;
				// What was asked for a moment ago is on its way.
				const lacked = clock.now() - remote.askedAt >= askMs ? lackedOf(remote) : [];
				if (lacked.length > 0) delivery.tell(remote, true, lacked);
			}
			askWhileLacking(remote);
		},

		handleWritten(remote, { stream, sequence }) {
			if (stream !== remote.end.incarnation || !streams.isWanted(stream)) return;
			const claimed = remote.claimed.get(stream);
			if (!claimed || claimed.count < sequence) claim(remote, stream, sequence, '');
		},

		/**
		 * Whoever introduces a stream thereby claims to hold it. We ask the first one at once, and others only if that one does not answer.
		 */
		handleIntroduction({ stream, introduces }, more) {
			const introducer = authorOf(remotes, stream);
			if (!introducer) return delivery.spread(more);
			for (const [name, count] of introduces) {
				const { count: claimed = 0, tail = '' } = introducer.claimed.get(name) ?? {};
				claim(introducer, name, Math.max(count, claimed), count > claimed ? '' : tail);
			}
			if (more.length > 0) delivery.tell(introducer, true, more);
			waitAfresh(introducer);
			askWhileLacking(introducer);
		},

		waitAfresh,
		askWhileLacking,
	};
}
