/**
 * Other programs renew certificates while the server runs: they replace the files, and may send a signal. If the new ones can't be used,
 * that is reported, and the previous certificate stays in use.
 */
import type { Clock } from './clock';
import type { Log } from './log';
import type { Credentials } from './tls';

export interface CertificateRenewal {
	/** Reads the files now, because somebody has asked for it. */
	renew(): void;
	stop(): void;
}

/** `load` throws when what is in the files can't be used. */
export function createCertificateRenewal(options: {
	loaded: Credentials;
	load: () => Credentials;
	use: (credentials: Credentials) => void;
	clock: Clock;
	/** How often the files are looked at, in milliseconds. */
	everyMs: number;
	log: Log;
}): CertificateRenewal {
	const { load, use, clock, everyMs, log } = options;
	let { loaded } = options;
	let problemSeen: string | null = null;
	let problemTold: string | null = null;

	function look(isAsked: boolean): void {
		try {
			const found = load();
			problemSeen = problemTold = null;
			const isNew = found.cert !== loaded.cert || found.key !== loaded.key;
			if (isNew) {
				use(found);
				loaded = found;
			}
			if (isNew || isAsked) log.info(isNew ? 'certificate renewed' : 'certificate unchanged');
		} catch (cause) {
			const problem = (cause as Error).message;
			// One file is replaced before the other, so unless somebody asked, a problem is reported only if it is still there at the next look.
			const hasStayed = problem === problemSeen && problem !== problemTold;
			problemSeen = problem;
			if (!isAsked && !hasStayed) return;
			problemTold = problem;
			log.warn('certificate not renewed', { problem });
		}
	}

	const stop = clock.every(everyMs, () => look(false));
	return { renew: () => look(true), stop };
}
