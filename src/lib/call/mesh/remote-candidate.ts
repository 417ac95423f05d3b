/**
 * Which ICE candidates of a stranger we may pass to the browser. For a host name, a browser asks the resolver, and so tells the owner of
 * that name that we are here, and from where. So only addresses pass, and the `.local` names that browsers use in their place, which never
 * leave the local network. Pure.
 */

/** RFC 8839, section 5.1. The part after the type is checked word by word. */
const grammar =
	/^candidate:[\w+/.-]{1,32} \d{1,5} (?:udp|tcp) \d{1,10} (\S+) (\d{1,5}) typ (?:host|srflx|prflx|relay)((?: \S+)*)$/i;

/** The name of an mDNS candidate, one label (draft-ietf-mmusic-mdns-ice-candidates). */
const localName = /^[a-z0-9-]{1,63}\.local$/i;

/** Whether we may pass this candidate to the browser. We may pass the empty text, which ends a generation. */
export function isAcceptableCandidate(candidate: string): boolean {
	if (candidate === '') return true;
	const [matched, address = '', port = '', rest = ''] = grammar.exec(candidate) ?? [];
	if (matched === undefined || !isAcceptableAddress(address) || !isPort(port)) return false;
	const words = rest.split(' ').slice(1);
	if (words.length % 2 !== 0) return false;
	for (let at = 0; at < words.length; at += 2) {
		const [name, value = ''] = [words[at]?.toLowerCase(), words[at + 1]];
		if (name === 'raddr' && !isAcceptableAddress(value)) return false;
		// 0 stands for a hidden port.
		if (name === 'rport' && value !== '0' && !isPort(value)) return false;
	}
	return true;
}

/** A literal address, or a name of the local network. */
export function isAcceptableAddress(text: string): boolean {
	return localName.test(text) || isAddress(text);
}

export function isAddress(text: string): boolean {
	return isIpv4(text) || isIpv6(text);
}

/** Four decimal numbers. Resolvers also accept `127.1` and `0x7f.1`, and ask other servers about what they can't parse. */
function isIpv4(text: string): boolean {
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

/** RFC 4291, section 2.2, without a zone, which is a name that only one machine knows. */
function isIpv6(text: string): boolean {
	const halves = text.split('::');
	if (halves.length > 2 || !text.includes(':')) return false;
	let groups = 0;
	for (const [index, half] of halves.entries()) {
		const parts = half === '' ? [] : half.split(':');
		const isLast = index === halves.length - 1;
		for (const [at, part] of parts.entries()) {
			const endsInIpv4 = isLast && at === parts.length - 1 && isIpv4(part);
			if (!endsInIpv4 && !/^[0-9a-f]{1,4}$/i.test(part)) return false;
			groups += endsInIpv4 ? 2 : 1;
		}
	}
	return halves.length === 2 ? groups < 8 : groups === 8;
}

function isPort(text: string): boolean {
	const port = Number(text);
	return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535;
}
