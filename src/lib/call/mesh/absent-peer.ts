/** What stands in a pair where the browser would give us no peer connection: nothing is sent or received, and nothing fails by it. */
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
