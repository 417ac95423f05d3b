/** What a dishonest server may do to what passes, short of answering in somebody's place. */
import type {
	CertifiedDescription,
	CertifiedSignal,
	ServerEvent,
	SignalInput,
} from '../../../src/lib/protocol';
import type { Meddler, MiddleClient } from './middle-server';

/**
 * Every description after the first of its kind from one person to another is that first one again, under the numbers of the one it
 * stands for: what was true once, said when it no longer is, in the same page load or the next.
 */
export function replayDescriptions(): Meddler & { readonly replayed: number } {
	const first = new Map<string, { incarnation: string; description: CertifiedDescription }>();
	let replayed = 0;

	function replay(name: string | null, { to, incarnation, signal }: SignalInput): CertifiedSignal {
		if (signal.kind !== 'description') return signal;
		const { epoch, offer, type, key } = signal;
		const known = first.get(`${type} ${name} ${to}`);
		if (!known) {
			first.set(`${type} ${name} ${to}`, { incarnation, description: signal });
			return signal;
		}
		const { description } = known;
		const isRepetition =
			known.incarnation === incarnation &&
			description.key === key &&
			description.epoch === epoch &&
			description.offer === offer;
		if (isRepetition) return signal;
		replayed += 1;
		return { ...description, epoch, offer };
	}

	return {
		get replayed() {
			return replayed;
		},
		join: (input) => ({
			...input,
			offers: (input.offers ?? []).map((offer) => ({
				...offer,
				signal: replay(input.name, offer),
			})),
		}),
		signal: (input, { name }) => ({ ...input, signal: replay(name, input) }),
	};
}

/** Every candidate on its way leads elsewhere. */
export function swapCandidates(elsewhere: (client: MiddleClient, candidate: string) => string): Meddler {
	return {
		signal: (input, client) =>
			input.signal.kind === 'candidate'
				? {
						...input,
						signal: { ...input.signal, candidate: elsewhere(client, input.signal.candidate) },
					}
				: input,
	};
}

/** Everybody hears of others under other names. */
export function renameOthers(rename: (name: string) => string): Meddler {
	const renamed = <P extends { name: string }>(participant: P): P => ({
		...participant,
		name: rename(participant.name),
	});
	return {
		told(event): ServerEvent {
			switch (event.type) {
				case 'welcome':
					return { ...event, participants: event.participants.map(renamed) };
				case 'participant-joined':
				case 'participant-updated':
					return { ...event, participant: renamed(event.participant) };
				default:
					return event;
			}
		},
	};
}
