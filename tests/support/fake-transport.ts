/** A transport without media: a test says who is connected and what they send, and reads what the call has asked for. */
import type { RoomTrust } from '../../src/lib/e2ee/room-trust';
import type { ParticipantId, PeekEvent, ServerEvent } from '../../src/lib/protocol';
import type {
	ConnectionState,
	JoinExtras,
	Members,
	RemoteMedia,
	Slot,
	Transport,
	TransportEvents,
} from '../../src/lib/call/transport/transport';

export interface FakeTransport extends Transport {
	trust: RoomTrust | null;
	/** As the call has told it last. */
	readonly members: Members | null;
	readonly prepared: Pick<PeekEvent, 'seats' | 'iceServers'> | null;
	readonly published: ReadonlyMap<Slot, MediaStreamTrack | null>;
	readonly addressHidden: boolean;
	readonly heard: readonly ServerEvent[];
	/** What it was told of signaling, in order. */
	readonly signaling: readonly ('lost' | 'resumed')[];
	readonly closed: boolean;
	/** What goes into the next join, and when. */
	extras: Promise<JoinExtras>;
	/** What becomes of a peer message: whether there was a way. */
	carry(to: ParticipantId, text: string): boolean;
	setConnection(id: ParticipantId, connection: ConnectionState): void;
	receive(id: ParticipantId, text: string): void;
}

const nothing: RemoteMedia = {
	...{ connection: 'connecting', pathFailure: null, dataChannelOpen: false },
	...{ microphone: null, camera: null, screen: null, screenAudio: null },
};

export function createFakeTransport(trust: RoomTrust | null, events: TransportEvents): FakeTransport {
	const media = new Map<ParticipantId, RemoteMedia>();
	const published = new Map<Slot, MediaStreamTrack | null>();
	const heard: ServerEvent[] = [];
	const signaling: ('lost' | 'resumed')[] = [];
	let members: Members | null = null;
	let prepared: FakeTransport['prepared'] = null;
	let addressHidden = false;
	let closed = false;

	const transport: FakeTransport = {
		...{ trust, published, heard, signaling },
		get members() {
			return members;
		},
		get prepared() {
			return prepared;
		},
		get addressHidden() {
			return addressHidden;
		},
		get closed() {
			return closed;
		},
		extras: Promise.resolve({ offers: [] }),
		carry: () => false,
		setConnection(id, connection) {
			const remote = { ...nothing, connection, dataChannelOpen: connection === 'connected' };
			media.set(id, remote);
			events.mediaChanged(id, remote);
		},
		receive: (id, text) => events.messageReceived(id, text),

		publish: (slot, track) => void published.set(slot, track),
		setConstraints: () => {},
		setSending: () => {},
		setAddressHidden(hidden) {
			addressHidden = hidden;
		},
		setTrust(next) {
			transport.trust = next;
		},
		prepare(inside) {
			prepared = inside;
		},
		prepareJoin: () => transport.extras,
		setMembers(next) {
			members = next;
			const ids = new Set(next.others.map(({ id }) => id));
			for (const id of [...media.keys()]) if (!ids.has(id)) media.delete(id);
			for (const id of ids) if (!media.has(id)) media.set(id, nothing);
		},
		handleServer: (event) => void heard.push(event),
		signalingLost: () => void signaling.push('lost'),
		signalingResumed: () => void signaling.push('resumed'),
		networkChanged: () => {},
		suspect: () => {},
		sendMessage: (to, text) => transport.carry(to, text),
		rebuild: (id) => transport.setConnection(id, 'reconnecting'),
		media: (id) => media.get(id),
		audioLevel: () => 0,
		descriptions: (id) => (media.has(id) ? { ours: `ours for ${id}`, theirs: `of ${id}` } : null),
		stats: () => Promise.resolve(undefined),
		close() {
			closed = true;
			media.clear();
		},
	};
	return transport;
}
