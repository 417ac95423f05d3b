/**
 * A server in the middle that answers each of two people in the other's place: every description that passes is taken for its own
 * peers, and one of its own goes on instead.
 */
import type { CertifiedDescription, CertifiedSignal, ServerEvent } from '../../../src/lib/protocol';
import { createRoomTrust, type RoomTrust } from '../../../src/lib/e2ee/room-trust';
import type { Meddler } from '../../support/faults/middle-server';
import type { Leg, MiddlePage } from './middle-page';

/** Page loads by the names that they gave themselves, and by those under which the others get to know them. */
interface Guise {
	shownAs(incarnation: string): Promise<string>;
	real(shown: string): string;
	/** What goes on with a description of the middle's own. */
	certify(description: CertifiedDescription, from: string, to: string): Promise<CertifiedDescription>;
}

/** Page loads as they are. What proves a description goes on with it as it came: there is no other to be had. */
const noGuise: Guise = {
	shownAs: (incarnation) => Promise.resolve(incarnation),
	real: (shown) => shown,
	certify: (description) => Promise.resolve(description),
};

/** Page loads under keys of the middle's own, by which it signs: all that the others know of a key comes from the server. */
function ownKeys(room: string): Guise {
	const trusts = new Map<string, Promise<RoomTrust>>();
	const reals = new Map<string, string>();
	const trustOf = (incarnation: string) => {
		const trust = trusts.get(incarnation) ?? createRoomTrust(room, null, crypto.subtle);
		trusts.set(incarnation, trust);
		return trust;
	};
	return {
		async shownAs(incarnation) {
			const { identity } = await trustOf(incarnation);
			reals.set(identity.incarnation, incarnation);
			return identity.incarnation;
		},
		real: (shown) => reals.get(shown) ?? shown,
		async certify(description, from, to) {
			const trust = await trustOf(from);
			return { ...description, ...(await trust.certify(description, to)) };
		},
	};
}

/** Knows no secret, and changes nothing but descriptions and candidates. */
export const answerInTheirPlace = (page: MiddlePage): Meddler => createFullMiddle(page, noGuise);

/** For rooms whose link carries no secret: introduces each to the other under a key of its own. */
export const standInForBoth = (page: MiddlePage, room: string): Meddler =>
	createFullMiddle(page, ownKeys(room));

function createFullMiddle(page: MiddlePage, guise: Guise): Meddler {
	/** What has been made of each offer. It may be sent again, and is answered the same. */
	const crossings = new Map<
		string,
		{ made: Promise<{ answer: string; offer: string }>; answered: boolean }
	>();

	async function replaceOffer(from: string, to: string, signal: CertifiedDescription): Promise<string> {
		const name = `${from} ${to} ${signal.epoch} ${signal.offer}`;
		const known = crossings.get(name);
		if (known) return (await known.made).offer;
		const made = page.offered({ facing: from, as: to, epoch: signal.epoch }, signal.sdp);
		crossings.set(name, { made, answered: false });
		// The next repetition may do better.
		made.catch(() => crossings.delete(name));
		return (await made).offer;
	}

	async function replaceAnswer(from: string, to: string, signal: CertifiedDescription): Promise<string> {
		const crossing = crossings.get(`${to} ${from} ${signal.epoch} ${signal.offer}`);
		if (!crossing) return signal.sdp;
		if (!crossing.answered) {
			crossing.answered = true;
			await page.answered({ facing: from, as: to, epoch: signal.epoch }, signal.sdp);
		}
		return (await crossing.made).answer;
	}

	/** `null` for a candidate, which goes no further. */
	async function take(
		from: string,
		to: string,
		signal: CertifiedSignal,
	): Promise<CertifiedDescription | null> {
		if (signal.kind === 'candidate') {
			const { epoch, candidate, sdpMid, sdpMLineIndex, usernameFragment } = signal;
			const leg: Leg = { facing: from, as: to, epoch };
			await page.candidate(leg, { candidate, sdpMid, sdpMLineIndex, usernameFragment });
			return null;
		}
		const replace = signal.type === 'offer' ? replaceOffer : replaceAnswer;
		return guise.certify({ ...signal, sdp: await replace(from, to, signal) }, from, to);
	}

	return {
		async join(input) {
			const offers = [];
			for (const offer of input.offers ?? []) {
				const signal = await take(input.incarnation, guise.real(offer.incarnation), offer.signal);
				if (signal) offers.push({ ...offer, signal });
			}
			return { ...input, incarnation: await guise.shownAs(input.incarnation), offers };
		},
		async signal(input, { incarnation }) {
			const signal = await take(incarnation ?? '', guise.real(input.incarnation), input.signal);
			return signal && { ...input, signal };
		},
		told(event): ServerEvent {
			if (event.type !== 'welcome') return event;
			// Everybody goes by their own page load where they read of themselves.
			return { ...event, self: { ...event.self, incarnation: guise.real(event.self.incarnation) } };
		},
	};
}
