/**
 * A model of `RTCPeerConnection` as far as negotiation can tell the difference: the signaling states with implicit
 * rollback, transceivers and how descriptions take them up (RFC 8829, section 5.10), the operations chain and
 * `negotiationneeded` (webrtc-pc, sections 4.4.1.2 and 4.7.3), ICE generations told by username fragments, and a
 * connection that comes about only when both ends have applied each other's descriptions. What real browsers do is
 * checked by the end-to-end tests; what they taught is here.
 *
 * Every step takes a random moment of the fake clock, so that a seed decides what overtakes what.
 */
import type { Clock, PeerConnection } from '../../src/lib/platform/platform';
import { describe, parse, type FakeDescription, type FakeMedia } from './fake-sdp';
import type { Random } from './random';

/** How long media may be missing until the state says so, in milliseconds; about Chromium's. */
const disconnectedAfterMs = 7_000;
const failedAfterMs = 15_000;

export interface FakeInternet {
	/** Every connection ever made, in order. */
	readonly connections: FakePeerConnection[];
	/** While false no packet of media gets through anywhere. */
	up: boolean;
	createPeerConnection(configuration?: RTCConfiguration): PeerConnection;
	/** To be called after changing `up`. */
	changed(): void;
}

export function createFakeInternet(clock: Clock, random: Random): FakeInternet {
	const internet: FakeInternet = {
		connections: [],
		up: true,
		createPeerConnection(configuration = {}) {
			const name = `pc${internet.connections.length}`;
			const made = new FakePeerConnection(name, internet, clock, random, configuration);
			internet.connections.push(made);
			return made as unknown as PeerConnection;
		},
		changed() {
			for (const connection of internet.connections) connection.checkPath();
		},
	};
	return internet;
}

export interface FakeTransceiver {
	mid: string | null;
	readonly kind: string;
	direction: RTCRtpTransceiverDirection;
	readonly byRemote: boolean;
	readonly sender: {
		track: MediaStreamTrack | null;
		replaceTrack(track: MediaStreamTrack | null): Promise<void>;
		getParameters(): RTCRtpSendParameters;
		setParameters(parameters: RTCRtpSendParameters): Promise<void>;
	};
	readonly receiver: {
		readonly track: MediaStreamTrack;
		getSynchronizationSources(): Pick<RTCRtpSynchronizationSource, 'timestamp'>[];
	};
}

export class FakePeerConnection {
	signalingState: RTCSignalingState = 'stable';
	connectionState: RTCPeerConnectionState = 'new';
	onnegotiationneeded: (() => void) | null = null;
	onicecandidate: ((event: { candidate: unknown }) => void) | null = null;
	onconnectionstatechange: (() => void) | null = null;

	/** Their pictures are shown no more, whatever is decoded: see `#rollBack`. */
	blind = false;
	channel: FakeDataChannel | null = null;
	#exchanges = 0;
	#transceivers: FakeTransceiver[] = [];
	#local: { current: FakeDescription | null; pending: FakeDescription | null } = {
		current: null,
		pending: null,
	};
	#remote: { current: FakeDescription | null; pending: FakeDescription | null } = {
		current: null,
		pending: null,
	};
	/** Remote candidates, by the ICE generation they are of. */
	readonly #remoteCandidates = new Map<string, string[]>();
	/** Our own that have been surfaced, by generation. */
	readonly #gathered = new Map<string, string[]>();
	#generation = 0;
	#restartWanted = false;
	#mids = 0;
	#version = 0;
	/** The certificate that DTLS has spoken to; it can't speak to another one on the same transport. */
	#spokenTo: string | null = null;
	#packetsReceived = 0;
	#chain: Promise<unknown> = Promise.resolve();
	#chained = 0;
	#negotiationNeeded = false;
	#checkWhenChainEnds = false;
	#timers: (() => void)[] = [];
	#stateTimers: (() => void)[] = [];

	constructor(
		readonly name: string,
		private readonly internet: FakeInternet,
		private readonly clock: Clock,
		private readonly random: Random,
		private configuration: RTCConfiguration,
	) {}

	get closed(): boolean {
		return this.signalingState === 'closed';
	}

	get localDescription() {
		const description = this.#local.pending ?? this.#local.current;
		return description && this.#show(description, this.#gathered);
	}

	get remoteDescription() {
		const description = this.#remote.pending ?? this.#remote.current;
		return description && this.#show(description, this.#remoteCandidates);
	}

	getTransceivers(): FakeTransceiver[] {
		return [...this.#transceivers];
	}

	getConfiguration(): RTCConfiguration {
		return this.configuration;
	}

	setConfiguration(configuration: RTCConfiguration): void {
		this.#mustBeOpen();
		this.configuration = configuration;
	}

	/** Counts packets only: those of media that flows, and answers to messages. */
	getStats(): Promise<RTCStatsReport> {
		this.#hear();
		const transport = { type: 'transport', id: 'transport', packetsReceived: this.#packetsReceived };
		return Promise.resolve(new Map([['transport', transport]]) as unknown as RTCStatsReport);
	}

	/** Media comes as long as the other end sends any over a working path. */
	#hear(): void {
		const other = this.connectionState === 'new' ? null : this.linkedTo;
		if (other?.getTransceivers().some(({ sender }) => sender.track)) this.#packetsReceived++;
	}

	addTransceiver(kind: string, init: { direction?: RTCRtpTransceiverDirection } = {}): FakeTransceiver {
		this.#mustBeOpen();
		const made = this.#makeTransceiver(kind, init.direction ?? 'sendrecv', null, false);
		this.#checkNegotiationNeeded();
		return made;
	}

	createDataChannel(): FakeDataChannel {
		this.#mustBeOpen();
		this.channel = new FakeDataChannel((text) => this.#deliver(text));
		this.#checkNegotiationNeeded();
		return this.channel;
	}

	restartIce(): void {
		// What it replaces are the credentials of the descriptions there are (webrtc-pc, section 4.4.2).
		if (!this.localDescription) return;
		this.#restartWanted = true;
		this.#checkNegotiationNeeded();
	}

	setLocalDescription(): Promise<void> {
		return this.#operation(() => {
			if (this.signalingState === 'have-remote-offer') this.#applyLocalAnswer();
			else this.#applyLocalOffer();
		});
	}

	setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
		return this.#operation(() => {
			const description = parse(sdp);
			if (type === 'offer') this.#applyRemoteOffer(description);
			else this.#applyRemoteAnswer(description);
			for (const candidate of description.candidates) this.#addRemoteCandidate(description.ufrag, candidate);
			this.checkPath();
		});
	}

	addIceCandidate(init: { candidate: string; usernameFragment?: string | null }): Promise<void> {
		return this.#operation(() => {
			const descriptions = [this.#remote.current, this.#remote.pending].filter((known) => known !== null);
			if (descriptions.length === 0) throw new DOMException('no remote description', 'InvalidStateError');
			const ufrag = init.usernameFragment ?? descriptions.at(-1)?.ufrag;
			if (!descriptions.some((known) => known.ufrag === ufrag)) {
				throw new DOMException('unknown username fragment', 'OperationError');
			}
			this.#addRemoteCandidate(ufrag as string, init.candidate);
			this.checkPath();
		});
	}

	close(): void {
		if (this.closed) return;
		const other = this.#other();
		this.signalingState = 'closed';
		this.connectionState = 'closed';
		this.#timers.forEach((cancel) => cancel());
		this.#stateTimers.forEach((cancel) => cancel());
		this.channel?.end(false);
		// The other end is told at once where packets get through (DTLS close_notify), else it has to notice.
		if (!other) return;
		if (this.internet.up) other.#later(2, () => other.channel?.end(true));
		other.checkPath();
	}

	/** The connection at the other end of a working path: each has applied what the other has. */
	get linkedTo(): FakePeerConnection | null {
		const other = this.#other();
		return other && this.internet.up && this.#agreesWith(other) && other.#agreesWith(this) ? other : null;
	}

	// ── Descriptions ────────────────────────────────────────────────────────────────────────────────

	#applyLocalOffer(): void {
		if (this.signalingState !== 'stable' && this.signalingState !== 'have-local-offer') {
			throw new DOMException('not stable', 'InvalidStateError');
		}
		for (const transceiver of this.#transceivers) transceiver.mid ??= String(this.#mids++);
		const ufrag = this.#local.current && !this.#restartWanted ? this.#local.current.ufrag : this.#newUfrag();
		const media: FakeMedia[] = this.#transceivers.map(({ kind, mid, direction }) => ({
			kind,
			mid: mid as string,
			direction,
		}));
		if (this.channel) media.push({ kind: 'application', mid: 'data', direction: 'sendrecv' });
		this.#local.pending = this.#describe('offer', ufrag, media);
		this.signalingState = 'have-local-offer';
		this.#gather(ufrag);
	}

	#applyLocalAnswer(): void {
		const offer = this.#remote.pending as FakeDescription;
		const restarted = offer.ufrag !== this.#remote.current?.ufrag;
		const ufrag = this.#local.current && !restarted ? this.#local.current.ufrag : this.#newUfrag();
		const media = offer.media.map((line): FakeMedia => {
			const transceiver = this.#transceivers.find(({ mid }) => mid === line.mid);
			return { ...line, direction: meet(transceiver?.direction ?? 'sendrecv', line.direction) };
		});
		this.#local = { current: this.#describe('answer', ufrag, media), pending: null };
		this.#remote = { current: offer, pending: null };
		if (restarted) this.#restartWanted = false;
		this.#becomeStable();
		this.#gather(ufrag);
	}

	#applyRemoteOffer(description: FakeDescription): void {
		if (this.signalingState === 'have-local-offer') this.#rollBack();
		for (const line of description.media) {
			if (line.kind === 'application') continue;
			// Transceivers of `addTransceiver` are not taken up by a remote description, only those it knows by their mid.
			if (this.#transceivers.some(({ mid }) => mid === line.mid)) continue;
			this.#makeTransceiver(line.kind, 'recvonly', line.mid, true);
		}
		this.#mids = Math.max(this.#mids, description.media.length);
		this.#remote.pending = description;
		this.signalingState = 'have-remote-offer';
	}

	#applyRemoteAnswer(description: FakeDescription): void {
		const offer = this.#local.pending;
		if (this.signalingState !== 'have-local-offer' || !offer) {
			throw new DOMException('no offer to answer', 'InvalidStateError');
		}
		const mids = ({ media }: FakeDescription) => media.map(({ mid }) => mid).join();
		if (mids(description) !== mids(offer)) throw new DOMException('other m-lines', 'InvalidAccessError');
		if (offer.ufrag !== this.#local.current?.ufrag) this.#restartWanted = false;
		this.#local = { current: offer, pending: null };
		this.#remote = { current: description, pending: null };
		this.#becomeStable();
	}

	#rollBack(): void {
		const kept = new Set(this.#local.current?.media.map(({ mid }) => mid));
		for (const transceiver of this.#transceivers) {
			if (transceiver.mid !== null && !kept.has(transceiver.mid)) transceiver.mid = null;
		}
		this.#local.pending = null;
		this.signalingState = 'stable';
		// As Chromium does it: an end that has answered once, and exchanged nothing since, loses what it receives with its own offer.
		if (this.#exchanges === 1 && this.#local.current?.type === 'answer') this.blind = true;
	}

	#becomeStable(): void {
		this.#exchanges++;
		this.signalingState = 'stable';
		this.#negotiationNeeded = false;
		this.#checkNegotiationNeeded();
		if (this.connectionState === 'new') this.#setState('connecting');
		this.checkPath();
	}

	#describe(type: 'offer' | 'answer', ufrag: string, media: FakeMedia[]): FakeDescription {
		return { type, fingerprint: this.name, version: ++this.#version, ufrag, media, candidates: [] };
	}

	#show(description: FakeDescription, candidates: Map<string, string[]>) {
		return {
			type: description.type,
			sdp: describe({ ...description, candidates: candidates.get(description.ufrag) ?? [] }),
		};
	}

	#makeTransceiver(
		kind: string,
		direction: RTCRtpTransceiverDirection,
		mid: string | null,
		byRemote: boolean,
	) {
		let encodings: RTCRtpEncodingParameters[] = [{}];
		const transceiver: FakeTransceiver = {
			mid,
			kind,
			direction,
			byRemote,
			sender: {
				track: null,
				replaceTrack: (track) => this.#operation(() => void (transceiver.sender.track = track)),
				getParameters: () => ({
					encodings: encodings.map((encoding) => ({ ...encoding })),
					transactionId: '',
					codecs: [],
					headerExtensions: [],
					rtcp: {},
				}),
				setParameters: (parameters) => this.#operation(() => void (encodings = parameters.encodings)),
			},
			// Nothing is decoded here: only statistics tell that something comes.
			receiver: { track: { kind } as MediaStreamTrack, getSynchronizationSources: () => [] },
		};
		this.#transceivers.push(transceiver);
		return transceiver;
	}

	// ── The operations chain, and negotiationneeded ─────────────────────────────────────────────────

	/** One at a time, each after a moment; on a closed connection nothing ever settles. */
	#operation(action: () => void): Promise<void> {
		if (this.closed) return Promise.reject(new DOMException('closed', 'InvalidStateError'));
		this.#chained++;
		const done = this.#chain
			.then(() => new Promise<void>((resolve) => this.#later(this.random.below(4), resolve)))
			.then(() => {
				if (this.closed) return new Promise<void>(() => {});
				try {
					return action();
				} finally {
					this.#chained--;
					if (this.#chained === 0 && this.#checkWhenChainEnds) {
						this.#checkWhenChainEnds = false;
						this.#checkNegotiationNeeded();
					}
				}
			});
		this.#chain = done.catch(() => {});
		return done;
	}

	#checkNegotiationNeeded(): void {
		if (this.#chained > 0) {
			this.#checkWhenChainEnds = true;
			return;
		}
		if (this.signalingState !== 'stable') return;
		const needed = this.#needsNegotiation();
		if (!needed || this.#negotiationNeeded) {
			this.#negotiationNeeded = needed;
			return;
		}
		this.#negotiationNeeded = true;
		this.#later(this.random.below(2), () => {
			if (this.#chained > 0) {
				this.#negotiationNeeded = false;
				this.#checkWhenChainEnds = true;
			} else if (this.#negotiationNeeded) {
				this.onnegotiationneeded?.();
			}
		});
	}

	#needsNegotiation(): boolean {
		const { current } = this.#local;
		if (this.#restartWanted) return true;
		if (this.channel && !current?.media.some(({ kind }) => kind === 'application')) return true;
		return this.#transceivers.some(({ mid, direction }) => {
			const line = current?.media.find((known) => known.mid === mid);
			if (!line) return true;
			const offered = this.#remote.current?.media.find((known) => known.mid === mid)?.direction ?? 'sendrecv';
			return line.direction !== (current?.type === 'offer' ? direction : meet(direction, offered));
		});
	}

	// ── ICE and DTLS ────────────────────────────────────────────────────────────────────────────────

	#newUfrag(): string {
		return `${this.name}.${++this.#generation}`;
	}

	#gather(ufrag: string): void {
		if (this.#gathered.has(ufrag)) return;
		this.#gathered.set(ufrag, []);
		for (const number of [1, 2]) {
			this.#later(1 + this.random.below(40), () => {
				const inUse = [this.#local.current, this.#local.pending].some((known) => known?.ufrag === ufrag);
				if (!inUse) return;
				const candidate = `candidate:${number} 1 udp 1 ${this.name}.local 9 typ host ufrag ${ufrag}`;
				this.#gathered.get(ufrag)?.push(candidate);
				this.onicecandidate?.({
					candidate: { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: ufrag },
				});
			});
		}
	}

	#addRemoteCandidate(ufrag: string, candidate: string): void {
		const known = this.#remoteCandidates.get(ufrag) ?? [];
		if (!known.includes(candidate)) this.#remoteCandidates.set(ufrag, [...known, candidate]);
	}

	/** Whom our applied remote description is of. */
	#other(): FakePeerConnection | null {
		const fingerprint = this.#remote.current?.fingerprint;
		return this.internet.connections.find(({ name, closed }) => name === fingerprint && !closed) ?? null;
	}

	#agreesWith(other: FakePeerConnection): boolean {
		const remote = this.#remote.current;
		if (this.closed || !remote || remote.fingerprint !== other.name) return false;
		if (this.#spokenTo !== null && this.#spokenTo !== other.name) return false;
		// In life one end's candidate can be enough, since its checks teach the other the way back; but not through every
		// NAT, and a lost candidate should show here.
		const reachable = this.#remoteCandidates.has(remote.ufrag);
		return reachable && remote.ufrag === other.#local.current?.ufrag;
	}

	/** Brings the connection state, after the time it takes, to what the path allows. */
	checkPath(): void {
		if (this.closed || !this.#remote.current) return;
		this.#followPath();
		const other = this.#other();
		if (other) other.#followPath();
	}

	#followPath(): void {
		if (this.closed) return;
		this.#stateTimers.forEach((cancel) => cancel());
		const other = this.linkedTo;
		if (other) {
			if (this.connectionState === 'connected') return;
			this.#stateAfter(5 + this.random.below(20), () => {
				this.#spokenTo = other.name;
				this.#setState('connected');
				this.#openChannels(other);
			});
		} else {
			if (this.connectionState === 'connected') {
				this.#stateAfter(disconnectedAfterMs, () => this.#setState('disconnected'));
			}
			if (this.connectionState !== 'failed') {
				this.#stateAfter(failedAfterMs, () => this.#setState('failed'));
			}
		}
	}

	#setState(state: RTCPeerConnectionState): void {
		if (state === this.connectionState) return;
		this.connectionState = state;
		this.onconnectionstatechange?.();
	}

	#openChannels(other: FakePeerConnection): void {
		if (other.connectionState !== 'connected') return;
		for (const end of [this, other]) end.#later(1, () => end.channel?.open());
	}

	#deliver(text: string): void {
		const other = this.linkedTo;
		if (!other) return;
		other.#later(1, () => {
			other.#packetsReceived++;
			other.channel?.onmessage?.({ data: text });
		});
		this.#later(2, () => this.#packetsReceived++);
	}

	#later(delayMs: number, action: () => void): void {
		const cancel = this.clock.after(delayMs, () => {
			this.#timers.splice(this.#timers.indexOf(cancel), 1);
			action();
		});
		this.#timers.push(cancel);
	}

	#stateAfter(delayMs: number, action: () => void): void {
		this.#stateTimers.push(this.clock.after(delayMs, action));
	}

	#mustBeOpen(): void {
		if (this.closed) throw new DOMException('closed', 'InvalidStateError');
	}
}

class FakeDataChannel {
	readyState: RTCDataChannelState = 'connecting';
	bufferedAmount = 0;
	onopen: (() => void) | null = null;
	onclose: (() => void) | null = null;
	onmessage: ((event: { data: unknown }) => void) | null = null;

	constructor(private readonly deliver: (text: string) => void) {}

	send(text: string): void {
		if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError');
		this.deliver(text);
	}

	open(): void {
		if (this.readyState !== 'connecting') return;
		this.readyState = 'open';
		this.onopen?.();
	}

	end(tell: boolean): void {
		if (this.readyState === 'closed') return;
		this.readyState = 'closed';
		if (tell) this.onclose?.();
	}
}

/** The direction an answer may give: what we want, as far as the offer, seen from its side, allows. */
function meet(
	ours: RTCRtpTransceiverDirection,
	offered: RTCRtpTransceiverDirection,
): RTCRtpTransceiverDirection {
	const send = ours.startsWith('send') && (offered === 'sendrecv' || offered === 'recvonly');
	const receive = (ours === 'sendrecv' || ours === 'recvonly') && offered.startsWith('send');
	return send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive';
}
