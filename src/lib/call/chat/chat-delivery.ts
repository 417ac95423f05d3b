/**
 * Sends peer messages of the chat to the others, by the data channel or the server's relay, and tells them what we hold: at once, or a
 * little later, so that several reasons to do so become one message. Knows nothing of the replies.
 */
import { holdingsMax, type ChatHolding } from '../../protocol/peer/chat';
import type { ChatPeerMessage } from '../../protocol/peer/peer-message';
import type { ParticipantId } from '../../protocol';
import type { Clock } from '../../platform/platform';
import type { RemoteEnd } from '../transport/transport';
import { isPresent, type Remote, type Remotes } from './chat-remote';

/** How long we wait to say what we hold after others come and go, so that several messages become one. */
const spreadMs = 1_000;
/** Between a refused send and the next try; doubled each time, up to the maximum. */
const retryMs = 2_000;
const retryMaxMs = 30_000;

export interface ChatCarriers {
	/** False when no open data channel leads there; nothing was sent. */
	sendDirect(to: ParticipantId, text: string): boolean;
	/** Resolves false when the server could not take it. Never rejects. */
	sendRelay(to: RemoteEnd, text: string): Promise<boolean>;
}

export interface ChatDeliveryPort extends ChatCarriers {
	clock: Clock;
	remotes: Remotes;
	isSignalingUp(): boolean;
	holding(stream: string): ChatHolding;
	/** Every stream that we take, our own first: its count tells the others which of our messages are news. */
	taken(): Iterable<string>;
	/** The message has been sent to somebody. */
	sent(message: ChatPeerMessage): void;
}

export interface ChatDelivery {
	/** Sends by the channel where one is open, else by the relay. The channel part happens synchronously. */
	deliver(remote: Remote, message: ChatPeerMessage): Promise<boolean>;
	/** Tells them what we hold: of the streams in `about`, or of all that we take. */
	tell(remote: Remote, reply: boolean, about?: Iterable<string> | null): void;
	/** `about`: only those streams, unless all of them are due to be told by then. */
	tellLater(remote: Remote, delayMs: number, about?: Iterable<string> | null): void;
	/**
	 * Tells everyone (but one) what we hold of these streams. If the author is gone, only those who hold a message can pass it on. If the
	 * author is here, they may have sent different messages to different people, or nothing to some.
	 */
	spread(about: Iterable<string>, except?: Remote, delayMs?: number): void;
}

export function createChatDelivery(port: ChatDeliveryPort): ChatDelivery {
	const { clock, remotes } = port;

	async function deliver(remote: Remote, message: ChatPeerMessage): Promise<boolean> {
		const text = JSON.stringify(message);
		const sent =
			port.sendDirect(remote.end.id, text) ||
			// A slow channel is no reason to send everything through the server.
			(port.isSignalingUp() && !remote.channelOpen && (await port.sendRelay(remote.end, text)));
		if (sent) {
			remote.retries = 0;
			port.sent(message);
		} else if (port.isSignalingUp() || remote.channelOpen) {
			const delayMs = Math.min(retryMaxMs, retryMs * 2 ** remote.retries);
			if (!remote.timers.sync) remote.retries++;
			tellLater(remote, delayMs);
		}
		return sent;
	}

	function tell(remote: Remote, reply: boolean, about: Iterable<string> | null = null): void {
		if (about === null) {
			remote.timers.sync?.();
			remote.timers.sync = null;
		}
		remote.askedAt = clock.now();
		const names = new Set(about ?? port.taken());
		const holdings = [...names].map((name) => port.holding(name));
		for (let start = 0; start < holdings.length; start += holdingsMax) {
			const part = holdings.slice(start, start + holdingsMax);
			void deliver(remote, { type: 'chat-have', streams: part, reply });
		}
	}

	function tellLater(remote: Remote, delayMs: number, about: Iterable<string> | null = null): void {
		if (!isPresent(remotes, remote)) return;
		if (remote.timers.sync) {
			if (about === null) remote.about = null;
			else for (const name of about) remote.about?.add(name);
			return;
		}
		remote.about = about && new Set(about);
		remote.timers.sync = clock.after(delayMs, () => {
			remote.timers.sync = null;
			tell(remote, false, remote.about);
		});
	}

	return {
		deliver,
		tell,
		tellLater,
		spread(about, except, delayMs = spreadMs) {
			for (const remote of remotes.values()) if (remote !== except) tellLater(remote, delayMs, about);
		},
	};
}
