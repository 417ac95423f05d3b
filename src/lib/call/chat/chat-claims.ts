/**
 * What the others claim to hold, and asking them for what is missing here: again, at growing intervals, until it has come or we give up.
 */
import type { ChatHolding, ChatMessage } from '../../protocol/peer/chat';
import type { Clock } from '../../platform/platform';
import type { ChatDelivery } from './chat-delivery';
import { lackedStreams } from './chat-difference';
import { authorOf, type Remote, type Remotes } from './chat-remote';
import type { ChatStreams } from './chat-streams';

/** Between noticing that something is missing and asking again for it; doubled each time. */
const askMs = 1_000;
/** Asks that bring nothing new before we stop: a digest may claim what nobody has. */
const asksMax = 5;

export interface ChatClaimsPort {
	clock: Clock;
	/** Our own stream. */
	own: string;
	remotes: Remotes;
	streams: ChatStreams;
	delivery: ChatDelivery;
	answer(remote: Remote): void;
	/** So many of our own have reached them. */
	reached(count: number): void;
}

export interface ChatClaims {
	/** They said what they hold. */
	handleHave(remote: Remote, holdings: readonly ChatHolding[], reply: boolean): void;
	/** One of their own came: that they have written it tells that they hold all of their earlier ones. */
	handleWritten(remote: Remote, message: ChatMessage): void;
	/** A message introduces others' streams; `more` are those of which more is taken since. */
	handleIntroduction(message: ChatMessage, more: string[]): void;
	/** Something new came from them: what else is missing may be on its way, so wait afresh. */
	waitAfresh(remote: Remote): void;
	/** Asks again, at growing intervals, while they claim something that we don't hold. */
	askWhileLacking(remote: Remote): void;
}

export function createChatClaims(port: ChatClaimsPort): ChatClaims {
	const { clock, own, remotes, streams, delivery } = port;

	const lackedOf = (remote: Remote) => lackedStreams(streams, remote.claimed);

	function claim(remote: Remote, name: string, count: number, tail: string): void {
		// Our own stream is ours alone: a claim on it that we don't know of is a false one.
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
				// Streams that we don't take could be made up without end.
				if (!streams.isWanted(name)) continue;
				if (name === remote.end.incarnation) {
					remote.history ??= count;
					remote.told = { count, at: clock.epochMs(), channelOpen: remote.channelOpen };
				}
				claim(remote, name, count, tail);
				remote.unanswered.set(name, holding);
				// What they hold of ours has reached them, also where only the server's answer was lost.
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

		/** Who introduces a stream says that they hold it. The first to do so is asked at once, the others when that one did not answer. */
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
