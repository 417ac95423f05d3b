/**
 * Takes the place of the peer in a pair when the browser gives us no peer connection: it sends and receives nothing, and none of its calls
 * fails.
 */
import type { Peer } from './peer';

export const absentPeer: Peer = {
	connectionState: 'failed',
	tracks: { microphone: null, camera: null, screen: null, screenAudio: null },
	dataChannelOpen: false,
	offersMade: 0,
	hasRelay: false,
	call() {},
	handleSignal() {},
	offer: () => null,
	sendOfferAgain() {},
	awaitAnswer() {},
	publish() {},
	restartIce() {},
	setConfiguration() {},
	sendMessage: () => false,
	deliveries: () => 0,
	audioLevel: () => 0,
	descriptions: () => null,
	stats: () => Promise.resolve(new Map() as unknown as RTCStatsReport),
	close() {},
};
