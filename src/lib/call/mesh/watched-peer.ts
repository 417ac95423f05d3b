/**
 * One peer and the watch over it. A browser may say `connected` though nothing arrives, so both tell whether media flows. Lasts as long as
 * its peer; `pair.ts` decides what comes after.
 */
import type { Clock, PeerConnection } from '../../platform/platform';
import { absentPeer } from './absent-peer';
import { readArrivals } from './arrivals';
import { createPeer, type Peer, type PeerPort } from './peer';
import { createSilenceWatch } from './silence-watch';

/** Carries no content: it is enough that the other end's browser acknowledges it by itself. */
const probe = JSON.stringify({ type: 'ping' });

export interface WatchedPeerPort extends Omit<PeerPort, 'changed' | 'settled'> {
	clock: Clock;
	/** Throws if the browser can't give one. */
	createPeerConnection(): PeerConnection;
	/** The tracks, the data channel or the connection have changed. */
	changed(): void;
	/** Media flows now, or is lost, or is on its way. */
	followed(watched: WatchedPeer): void;
	settled(watched: WatchedPeer): void;
	/** Packets have stopped coming. */
	stalled(): void;
	/** What the path carries, in bits a second. */
	carries(bps: number): void;
}

export interface WatchedPeer {
	/** `absentPeer` where the browser gave none. */
	readonly peer: Peer;
	/** Connected, and something arrives. */
	readonly flows: boolean;
	readonly lost: boolean;
	/** It is worth checking whether packets still come. */
	suspect(): void;
	close(): void;
}

const absent: WatchedPeer = { peer: absentPeer, flows: false, lost: true, suspect() {}, close() {} };

export function createWatchedPeer(
	options: Parameters<typeof createPeer>[2],
	port: WatchedPeerPort,
): WatchedPeer {
	const { clock } = port;
	let connection: PeerConnection;
	try {
		connection = port.createPeerConnection();
	} catch {
		return absent;
	}
	const peer: Peer = createPeer(connection, clock, options, {
		...port,
		changed() {
			if (peer.connectionState !== connectionState) {
				connectionState = peer.connectionState;
				if (connectionState === 'connected') watch.handleConnected();
				port.followed(watched);
			}
			port.changed();
		},
		settled: () => port.settled(watched),
		messageReceived: (text) => text !== probe && port.messageReceived(text),
	});
	let { connectionState } = peer;
	const watch = createSilenceWatch({
		clock,
		deliveries: peer.deliveries,
		arrivals: () => peer.stats().then(readArrivals, () => null),
		probe: () => void peer.sendMessage(probe),
		carries: port.carries,
		changed() {
			port.followed(watched);
			if (watch.stopped) port.stalled();
		},
	});
	const watched: WatchedPeer = {
		peer,
		get flows() {
			return peer.connectionState === 'connected' && !watch.stopped;
		},
		get lost() {
			return watch.stopped || ['disconnected', 'failed', 'closed'].includes(peer.connectionState);
		},
		suspect: watch.suspect,
		close() {
			watch.close();
			peer.close();
		},
	};
	return watched;
}
