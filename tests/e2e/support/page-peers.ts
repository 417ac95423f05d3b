/** What a page's own peer connections say of themselves; nobody can see it. */
import type { Person } from './person';

/** ICE credentials in use, one for each open peer connection: another one means a restart, or another peer. */
export function iceGenerations(person: Person): Promise<string[]> {
	return person.page.evaluate(() =>
		(window.parleyTestPeers ?? [])
			.filter((peer) => peer.signalingState !== 'closed')
			.map((peer) => /a=ice-ufrag:(\S+)/.exec(peer.currentLocalDescription?.sdp ?? '')?.[1] ?? ''),
	);
}

export interface PathInUse {
	local: string;
	remote: string;
	/** Between us and our relay. */
	relayProtocol: string | undefined;
}

/** The candidate pairs in use. */
export function pathsInUse(person: Person): Promise<PathInUse[]> {
	return person.page.evaluate(async () => {
		const paths: { local: string; remote: string; relayProtocol: string | undefined }[] = [];
		type Stat = RTCStats & Record<string, string>;
		for (const peer of window.parleyTestPeers ?? []) {
			if (peer.connectionState !== 'connected') continue;
			const report = await peer.getStats();
			const byId = new Map<string, Stat>();
			report.forEach((stat: Stat) => byId.set(stat.id, stat));
			for (const stat of byId.values()) {
				if (stat.type !== 'transport') continue;
				const pair = byId.get(stat['selectedCandidatePairId'] ?? '');
				const local = byId.get(pair?.['localCandidateId'] ?? '');
				const remote = byId.get(pair?.['remoteCandidateId'] ?? '');
				paths.push({
					local: local?.['candidateType'] ?? '',
					remote: remote?.['candidateType'] ?? '',
					relayProtocol: local?.['relayProtocol'],
				});
			}
		}
		return paths;
	});
}
