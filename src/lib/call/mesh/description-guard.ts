/**
 * Stands between the transport and signaling: certifies every outgoing session description, and passes on only incoming ones that prove
 * where they come from. Keeps signals between two ends in order. Knows nothing about what a description says.
 */
import type { RoomTrust } from '../../e2ee/room-trust';
import type { CertifiedSignal, ParticipantId, Signal } from '../../protocol';
import type { RemoteEnd } from '../transport/transport';

/** How many signals wait for one end while an earlier one is certified or checked. A join takes some forty signals. */
const waitingMax = 256;
/** How many ends are remembered because their last description was refused. */
const refusedMax = 256;

export interface DescriptionGuardPort {
	trust: Pick<RoomTrust, 'certify' | 'check'>;
	send(to: RemoteEnd, signal: CertifiedSignal): void;
	/** Called only for signals that were checked. */
	received(from: RemoteEnd, signal: Signal): void;
	/** `isUnproven` has changed for this end. */
	changed(end: RemoteEnd): void;
}

export interface Offer {
	to: ParticipantId;
	incarnation: string;
	signal: CertifiedSignal;
}

export interface DescriptionGuard {
	send(to: RemoteEnd, signal: Signal): void;
	handleSignal(from: RemoteEnd, signal: CertifiedSignal): void;
	/** Certifies the offers of a join. Offers that can't be certified are left out. */
	certifyOffers(offers: readonly (Omit<Offer, 'signal'> & { signal: Signal })[]): Promise<Offer[]>;
	/** Their last description was not made with their key, or came from another link. */
	isUnproven(end: RemoteEnd): boolean;
	close(): void;
}

export function createDescriptionGuard({
	trust,
	send,
	received,
	changed,
}: DescriptionGuardPort): DescriptionGuard {
	const refused = new Set<string>();
	let closed = false;

	async function certify(signal: Signal, to: string): Promise<CertifiedSignal> {
		return signal.kind === 'candidate' ? signal : { ...signal, ...(await trust.certify(signal, to)) };
	}

	function noteProof(from: RemoteEnd, proven: boolean): void {
		const name = nameOf(from);
		if (refused.has(name) !== proven) return;
		if (proven) refused.delete(name);
		else refused.add(name);
		if (refused.size > refusedMax) refused.delete(refused.values().next().value ?? '');
		changed(from);
	}

	const outgoing = createLanes<Signal>(async (to, signal) => {
		const certified = await certify(signal, to.incarnation);
		if (!closed) send(to, certified);
	});
	const incoming = createLanes<CertifiedSignal>(async (from, signal) => {
		if (signal.kind === 'description') {
			const proven = await trust.check(signal, from.incarnation);
			if (closed) return;
			noteProof(from, proven);
			if (!proven) return;
		}
		if (!closed) received(from, bare(signal));
	});

	return {
		send(to, signal) {
			if (closed) return;
			if (signal.kind === 'candidate' && outgoing.isIdle(to)) send(to, signal);
			else outgoing.add(to, signal);
		},
		handleSignal(from, signal) {
			if (closed) return;
			if (signal.kind === 'candidate' && incoming.isIdle(from)) received(from, signal);
			else incoming.add(from, signal);
		},
		async certifyOffers(offers) {
			const certified = await Promise.all(
				offers.map(({ to, incarnation, signal }) =>
					certify(signal, incarnation).then(
						(signal) => [{ to, incarnation, signal }],
						() => [],
					),
				),
			);
			return certified.flat();
		},
		isUnproven: (end) => refused.has(nameOf(end)),
		close() {
			closed = true;
		},
	};
}

/** Handles items one after the other for each end. One end never waits for another. */
function createLanes<Item>(handle: (end: RemoteEnd, item: Item) => Promise<void>) {
	const lanes = new Map<string, Item[]>();

	async function run(end: RemoteEnd, items: Item[]): Promise<void> {
		for (let item = items[0]; item !== undefined; item = items[0]) {
			// A browser that can't certify sends nothing; the person is told so before joining.
			await handle(end, item).catch(() => {});
			items.shift();
		}
		lanes.delete(nameOf(end));
	}

	return {
		isIdle: (end: RemoteEnd) => !lanes.has(nameOf(end)),
		add(end: RemoteEnd, item: Item): void {
			const waiting = lanes.get(nameOf(end));
			if (waiting) {
				if (waiting.length < waitingMax) waiting.push(item);
				return;
			}
			const items = [item];
			lanes.set(nameOf(end), items);
			void run(end, items);
		},
	};
}

const nameOf = ({ id, incarnation }: RemoteEnd) => `${id} ${incarnation}`;

function bare(signal: CertifiedSignal): Signal {
	if (signal.kind === 'candidate') return signal;
	const { kind, epoch, offer, type, sdp } = signal;
	return { kind, epoch, offer, type, sdp };
}
