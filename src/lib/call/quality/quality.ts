/** How good a connection is. It is graded in `quality-grades.ts`, which is loaded once somebody is inside. Pure. */
import type { ConnectionState } from '../transport/transport';

export type Grade = 'good' | 'poor' | 'lost';
export type Direction = 'receiving' | 'sending';

/** A table of the interface has words for each. Only the first one that holds is shown: the gravest first, reasons before symptoms. */
export type QualityCause =
	| 'no-connection' // the peer was connected before and is not now
	| 'nothing-received' // they send, and nothing arrives here
	| 'nothing-arrives' // we send, and no report says that it arrives
	| 'loss-receiving' // packets from them get lost on the way
	| 'loss-sending' // packets to them get lost on the way
	| 'low-bandwidth' // the path to them carries less than a picture needs
	| 'slow-round-trip' // so late that people interrupt each other
	| 'jitter' // packets come so unevenly that sound breaks
	| 'cpu-limited' // this device is too busy to make the pictures
	| 'frozen-video'; // the picture stands still for much of the time

/** Something that is wrong with a connection. */
export interface Finding {
	cause: Exclude<QualityCause, 'no-connection'>;
	directions: readonly Direction[];
	grade: Exclude<Grade, 'good'>;
}

export interface ConnectionQuality {
	/** From them to us. */
	receiving: Grade;
	/** From us to them. */
	sending: Grade;
	/** The first reason; `null` when both are good. */
	cause: QualityCause | null;
}

export const goodQuality: ConnectionQuality = { receiving: 'good', sending: 'good', cause: null };
const noConnection: ConnectionQuality = { receiving: 'lost', sending: 'lost', cause: 'no-connection' };

/** Judges by the state alone: a connection that is still being made is not judged, and one that broke is lost at once. */
export function qualityByState(connection: ConnectionState): ConnectionQuality {
	return connection === 'connecting' || connection === 'connected' ? goodQuality : noConnection;
}

export function worst(grades: readonly Grade[]): Grade {
	if (grades.includes('lost')) return 'lost';
	return grades.includes('poor') ? 'poor' : 'good';
}
