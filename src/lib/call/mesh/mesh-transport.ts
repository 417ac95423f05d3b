/**
 * The mesh as a transport: turns what the server says into signals between ends. Every description, outgoing or incoming, has to prove
 * where it comes from (`description-guard.ts`).
 */
import type { RoomTrust } from '../../e2ee/room-trust';
import type { ParticipantId } from '../../protocol';
import type { Platform } from '../../platform/platform';
import type { RemoteEnd, RemoteMedia, Transport, TransportEvents } from '../transport/transport';
import { createDescriptionGuard, type DescriptionGuard } from './description-guard';
import { createMesh } from './mesh';

export function createMeshTransport(
	platform: Pick<Platform, 'clock' | 'createPeerConnection'>,
	firstTrust: RoomTrust | null,
	events: TransportEvents,
): Transport {
	let others: ReadonlyMap<ParticipantId, RemoteEnd> = new Map();
	let guard = guardBy(firstTrust);
	const mesh = createMesh(platform, {
		...events,
		sendSignal: (to, signal) => guard.send(to, signal),
		mediaChanged: (id, remote) => events.mediaChanged(id, proven(id, remote)),
	});

	function guardBy(trust: RoomTrust | null): DescriptionGuard {
		return createDescriptionGuard({
			trust: trust ?? trustsNobody,
			send: ({ id, incarnation }, signal) => events.sendSignal({ to: id, incarnation, signal }),
			received: (from, signal) => mesh.handleSignal(from, signal),
			changed({ id }) {
				const remote = mesh.media(id);
				if (remote) events.mediaChanged(id, proven(id, remote));
			},
		});
	}

	function proven(id: ParticipantId, remote: RemoteMedia): RemoteMedia {
		const end = others.get(id);
		// Media that still flows was proven when it began.
		if (remote.connection === 'connected' || !end || !guard.isUnproven(end)) return remote;
		return { ...remote, connection: 'failed', pathFailure: 'unproven' };
	}

	return {
		...mesh,
		setTrust(trust) {
			guard.close();
			guard = guardBy(trust);
		},
		prepare({ seats, iceServers }) {
			mesh.setIceServers(iceServers);
			mesh.prepare(seats);
		},
		prepareJoin: async () => ({ offers: await guard.certifyOffers(mesh.takeOffers()) }),
		setMembers(members) {
			others = new Map(members.others.map((end) => [end.id, end]));
			mesh.sync(members.self, members.others, ({ id }) => members.insideBefore.has(id));
		},
		handleServer(event) {
			switch (event.type) {
				case 'signal':
					return guard.handleSignal({ id: event.from, incarnation: event.incarnation }, event.signal);
				case 'gap':
					return mesh.signalsMissed({ id: event.from, incarnation: event.incarnation });
				case 'welcome':
				case 'ice-servers':
					return mesh.setIceServers(event.iceServers);
				default:
			}
		},
		media(id) {
			const remote = mesh.media(id);
			return remote && proven(id, remote);
		},
		close() {
			guard.close();
			mesh.close();
		},
	};
}

/** For a browser that can't sign or check anything. */
const trustsNobody: Pick<RoomTrust, 'certify' | 'check'> = {
	certify: () => Promise.reject(new Error('no Web Crypto')),
	check: () => Promise.resolve(false),
};
