/**
 * What we may say about where we are while our address is hidden: our relay's address and nothing else. A browser that is told to use only
 * relays gathers nothing else. This file is for what it gathered before, and for browsers that write our own address next to the relay's.
 * Pure.
 */
import type { Signal } from '../../protocol';

/** `null` if nothing of it may be sent. */
export function withoutAddresses(signal: Signal): Signal | null {
	if (signal.kind === 'candidate') {
		const candidate = ofRelay(signal.candidate);
		return candidate === null ? null : { ...signal, candidate };
	}
	const sdp = signal.sdp
		.split('\r\n')
		.flatMap((line) => {
			if (line.startsWith('c=')) return 'c=IN IP4 0.0.0.0';
			if (line.startsWith('a=rtcp:')) return 'a=rtcp:9 IN IP4 0.0.0.0';
			if (line.startsWith('m=')) return line.replace(/^(m=\w+) [1-9]\d*/, '$1 9');
			if (!line.startsWith('a=candidate:')) return line;
			const candidate = ofRelay(line.slice(2));
			return candidate === null ? [] : `a=${candidate}`;
		})
		.join('\r\n');
	return { ...signal, sdp };
}

function ofRelay(candidate: string): string | null {
	if (candidate === '') return candidate;
	if (!/ typ relay( |$)/.test(candidate)) return null;
	return candidate.replace(/ raddr \S+/, ' raddr 0.0.0.0').replace(/ rport \S+/, ' rport 0');
}
