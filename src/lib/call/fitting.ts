/**
 * Judges the connections, and fits what is sent and received to them. Quality and adaptation are in different folders and each needs what
 * the other knows; this file brings them together.
 */
import type { Platform, Unsubscribe } from '../platform/platform';
import type { ParticipantId, Publications } from '../protocol';
import { createAdaptation, type Adaptation, type AdaptationCommands } from './adaptation/adaptation';
import type { DataSaverReason } from './adaptation/data-saver';
import type { Other } from './connections';
import { createEventualQuality } from './quality/eventual-quality';
import type { ConnectionQuality } from './quality/quality';
import type { QualityCommands } from './quality/quality-watch';
import type { ConnectionState, Transport } from './transport/transport';

export interface FittingPort {
	platform: Pick<Platform, 'clock' | 'network'>;
	transport(): Transport;
	others(): Other[];
	/** What we tell the others that we send. */
	ownPublications(): Publications;
	/** The call has begun to save data by itself, or stopped. */
	savesByItself(reason: DataSaverReason | null): void;
	changed(): void;
}

export interface Fitting extends AdaptationCommands, QualityCommands {
	readonly saverReason: DataSaverReason | null;
	qualityOf(id: ParticipantId, connection: ConnectionState): ConnectionQuality;
	ownQuality(): ConnectionQuality;
	/** Somebody came, left, or shares something else; or there is another transport. */
	apply(): void;
	/** Connections are measured only inside a call. */
	start(): void;
	stop(): void;
	close(): void;
}

export function createFitting(port: FittingPort): Fitting {
	const { clock, network } = port.platform;
	const quality = createEventualQuality({
		clock,
		load: () => import('./quality/quality-watch'),
		others: () =>
			port.others().map((other) => ({
				...other,
				// We don't receive what we don't ask for, and nothing is wrong with that.
				publications: {
					...other.publications,
					camera: other.publications.camera && adaptation.asksForCamera(other.id),
				},
			})),
		ours: () => port.ownPublications(),
		stats: (id) => port.transport().stats(id),
		changed: () => port.changed(),
	});
	const adaptation: Adaptation = createAdaptation({
		...{ clock, network, transport: () => port.transport() },
		others: () =>
			port.others().map((other) => ({ ...other, quality: quality.of(other.id, other.connection) })),
		ownQuality: () => quality.own(),
		saverChanged(reason, byItself) {
			if (byItself) port.savesByItself(reason);
			port.changed();
		},
	});
	let stopNumbers: Unsubscribe | null = null;

	return {
		get saverReason() {
			return adaptation.saverReason;
		},
		qualityOf: quality.of,
		ownQuality: quality.own,
		setShown: adaptation.setShown,
		setDataSaver: adaptation.setDataSaver,
		watchNumbers: quality.watchNumbers,
		apply: adaptation.apply,
		start() {
			stopNumbers ??= quality.watchNumbers(adaptation.handleNumbers);
			quality.start();
		},
		stop: quality.stop,
		close() {
			stopNumbers?.();
			adaptation.close();
			quality.close();
		},
	};
}
