/** What runs in a page, as text, to tell what nobody can see there: each function stands alone. For any browser. */

declare global {
	interface Window {
		parleyTestPeers?: RTCPeerConnection[];
		parleyTestChannels?: RTCDataChannel[];
		parleyTestCaptures?: MediaStreamTrack[];
	}
}

/** Collects every peer connection, data channel and captured track of the page. Nothing else about them changes. */
export function collectPeers(): void {
	const peers: RTCPeerConnection[] = [];
	const channels: RTCDataChannel[] = [];
	window.parleyTestPeers = peers;
	window.parleyTestChannels = channels;
	const captures: MediaStreamTrack[] = [];
	window.parleyTestCaptures = captures;
	// Absent where the page is no secure one, as the empty page is in Firefox.
	const devices = navigator.mediaDevices as MediaDevices | undefined;
	const capture = devices?.getUserMedia.bind(devices);
	if (devices && capture) {
		devices.getUserMedia = async (constraints) => {
			const stream = await capture(constraints);
			captures.push(...stream.getTracks());
			return stream;
		};
	}
	const Native = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Native {
		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			peers.push(this);
		}

		override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
			const channel = super.createDataChannel(label, options);
			channels.push(channel);
			return channel;
		}
	};
}

/** Sound energy received so far, over all live peers (`totalAudioEnergy` of W3C webrtc-stats §8.4). */
export async function energyHeard(): Promise<number> {
	let energy = 0;
	for (const peer of window.parleyTestPeers ?? []) {
		if (peer.connectionState === 'closed') continue;
		(await peer.getStats()).forEach((stat: { type: string; kind?: string; totalAudioEnergy?: number }) => {
			if (stat.type === 'inbound-rtp' && stat.kind === 'audio') energy += stat.totalAudioEnergy ?? 0;
		});
	}
	return energy;
}
