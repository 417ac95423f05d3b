/**
 * Certificates are renewed while a server runs, by programs that replace the files and may say so with a signal. What can't be used
 * is told, and the certificate before it goes on.
 */
import type { Clock } from './clock';
import type { Log } from './log';
import type { Credentials } from './tls';

export interface CertificateRenewal {
	/** Reads the files now, as when somebody asked for it. */
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
			// Of two files, one is replaced first: what nobody asked about is told when it has stayed so.
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
