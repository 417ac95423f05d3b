/** What a dishonest server may do to what passes, short of answering in somebody's place. */
import type { DescriptionSignal, ServerEvent, Signal } from '../../../src/lib/protocol';
import type { Meddler, MiddleClient } from './middle-server';

/**
 * Every description after the first of its kind between two page loads is that first one again, under the numbers of the one it
 * stands for: what was true once, said when it no longer is.
 */
export function replayDescriptions(): Meddler & { readonly replayed: number } {
	const first = new Map<string, DescriptionSignal>();
	let replayed = 0;

	function replay<S extends Signal>(from: string, to: string, signal: S): S {
		if (signal.kind !== 'description') return signal;
		const { epoch, offer, type } = signal;
		const name = `${type} ${from} ${to}`;
		const known = first.get(name);
		if (!known) {
			first.set(name, signal);
			return signal;
		}
		// A repetition of the same one is no news.
		if (known.epoch === epoch && known.offer === offer) return signal;
		replayed += 1;
		return { ...signal, ...known, epoch, offer };
	}

	return {
		get replayed() {
			return replayed;
		},
		join: (input) => ({
			...input,
			offers: (input.offers ?? []).map((offer) => ({
				...offer,
				signal: replay(input.incarnation, offer.incarnation, offer.signal),
			})),
		}),
		signal: (input, { incarnation }) => ({
			...input,
			signal: replay(incarnation ?? '', input.incarnation, input.signal),
		}),
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
