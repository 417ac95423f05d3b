/**
 * Fits what is sent and received to what is shown, to the connection and to this device. Gathers what these say and tells the transport
 * what follows; decisions are in the pure files (`shown.ts`, `data-saver.ts`, `encoder-load.ts`).
 */
import type { ParticipantId, Publications } from '../../protocol';
import { dataSaverReason, freshLine, watchLine, type DataSaverReason } from './data-saver';
import type { DataSaverPreference } from '../../preferences/preferences';
import type { Clock, NetworkPort, Unsubscribe } from '../../platform/platform';
import type { ConnectionQuality } from '../quality/quality';
import type { CallNumbers } from '../quality/quality-watch';
import { receiverConstraints, type ShownAll } from './shown';
import { noEncoderLoad, watchEncoderLoad } from './encoder-load';
import type { Transport } from '../transport/transport';

export interface AdaptationPort {
	clock: Clock;
	network: NetworkPort;
	transport(): Transport;
	others(): { id: ParticipantId; publications: Publications; quality: ConnectionQuality }[];
	ownQuality(): ConnectionQuality;
	/** Saving data has begun or ended; `byItself` when no person has just asked for that. */
	saverChanged(reason: DataSaverReason | null, byItself: boolean): void;
}

export interface AdaptationCommands {
	/**
	 * What the page shows of each participant, in device pixels: they send no more than that. Call it whenever that changes. Before the
	 * first call, everything counts as seen.
	 */
	setShown(shown: ShownAll): void;
	setDataSaver(preference: DataSaverPreference): void;
}

export interface Adaptation extends AdaptationCommands {
	/** Why data is saved; `null` while it is not. */
	readonly saverReason: DataSaverReason | null;
	/** Whether we ask for their camera at all. */
	asksForCamera(id: ParticipantId): boolean;
	/** Somebody came, left, or shares something else; or there is another transport. */
	apply(): void;
	handleNumbers(numbers: CallNumbers): void;
	close(): void;
}

export function createAdaptation(port: AdaptationPort): Adaptation {
	let preference: DataSaverPreference = 'auto';
	let shown: ShownAll | null = null;
	let line = freshLine;
	let encoderLoad = noEncoderLoad;
	let reason = dataSaverReason(preference, port.network.saveData, line);

	const stopNetwork: Unsubscribe = port.network.onChange((what) => {
		if (what === 'network') line = freshLine;
		if (what === 'network' || what === 'estimate') decide(true);
	});

	function decide(byItself: boolean): void {
		const next = dataSaverReason(preference, port.network.saveData, line);
		if (next === reason) return;
		reason = next;
		apply();
		port.saverChanged(reason, byItself);
	}

	function constraintsFor(id: ParticipantId) {
		const others = port.others();
		const screens = others.filter(({ publications }) => publications.screen).length;
		return receiverConstraints(shown?.get(id), { others: others.length, screens, saves: reason !== null });
	}

	function apply(): void {
		const transport = port.transport();
		transport.setSending({ saves: reason !== null, encoderLoad: encoderLoad.level });
		if (shown) transport.setConstraints(new Map(port.others().map(({ id }) => [id, constraintsFor(id)])));
	}

	return {
		get saverReason() {
			return reason;
		},
		setDataSaver(next) {
			preference = next;
			decide(false);
		},
		setShown(next) {
			shown = next;
			apply();
		},
		asksForCamera: (id) => shown === null || constraintsFor(id).camera !== null,
		apply,
		handleNumbers(numbers) {
			const now = port.clock.now();
			line = watchLine(line, isPoor(port.ownQuality(), port.others()), now);
			decide(true);
			const limited = [...numbers.values()].some(({ sending }) => sending.camera?.limitation === 'cpu');
			const before = encoderLoad.level;
			encoderLoad = watchEncoderLoad(encoderLoad, limited, now);
			if (encoderLoad.level !== before) apply();
		},
		close: stopNetwork,
	};
}

/** Less data helps against loss and narrow connections, ours or theirs. It does not help a busy device. */
function isPoor(own: ConnectionQuality, others: readonly { quality: ConnectionQuality }[]): boolean {
	const [only] = others;
	const quality = others.length === 1 && only ? only.quality : own;
	return ['loss-receiving', 'loss-sending', 'low-bandwidth', 'frozen-video'].includes(quality.cause ?? '');
}
