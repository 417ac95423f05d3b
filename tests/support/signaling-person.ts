/** Somebody in a room, through the client that browsers use: loses connections and comes back as they do. Has no media. */
import { WebSocket } from 'ws';
import { createTrpcSignaling } from '../../src/lib/call/signaling/trpc-signaling';
import type { Clock } from '../../src/lib/platform/platform';
import type { Signaling, Session } from '../../src/lib/call/signaling/signaling';
import type { JoinInput, ParticipantId, ServerEvent, WireError } from '../../src/lib/protocol';
import { systemClock } from '../../src/server/clock';
import { candidate, newIncarnation } from './server-harness';

export interface SignalingPerson {
	readonly signaling: Signaling;
	readonly session: Session;
	readonly incarnation: string;
	/** Everything heard, in order. */
	readonly heard: ServerEvent[];
	/** Texts of the candidates heard, in order. */
	received(): string[];
	/** Times the connection came back with everything missed. */
	readonly resumes: number;
	/** Why the session ended, if it did. */
	readonly ended: WireError | null;
	/** Resolves at the welcome, with one's own id. */
	readonly id: Promise<ParticipantId>;
	tell(recipient: { id: ParticipantId; incarnation: string }, number: number): void;
	close(): void;
}

/** The text that `tell` sends for this number. */
export const textOf = (number: number): string => {
	const signal = candidate(number);
	return signal.kind === 'candidate' ? signal.candidate : '';
};

/** `origin` is the server's, or that of a proxy before it. */
export function signalingTo(origin: string, clock: Clock = systemClock): Signaling {
	return createTrpcSignaling({
		clock,
		WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
		fetch,
		origin,
		network: { online: true, saveData: false, onChange: () => () => {} },
		randomBytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)),
	});
}

export function joinAsPerson(
	origin: string,
	room: string,
	name: string,
	{
		tag = null,
		offers = [],
		clock,
	}: { tag?: string | null; offers?: NonNullable<JoinInput['offers']>; clock?: Clock } = {},
): SignalingPerson {
	const signaling = signalingTo(origin, clock);
	const incarnation = newIncarnation();
	const heard: ServerEvent[] = [];
	let resumes = 0;
	let ended: WireError | null = null;
	let welcome: (id: ParticipantId) => void = () => {};
	const id = new Promise<ParticipantId>((resolve) => (welcome = resolve));
	const publications = { microphone: true, camera: true, screen: false };
	const session: Session = signaling.join(
		{ room, tag },
		{ token: null, incarnation, offers, state: () => ({ name, publications, hand: false }) },
		{
			event(event) {
				heard.push(event);
				if (event.type === 'welcome') welcome(event.self.id);
			},
			resumed: () => (resumes += 1),
			ended: (error) => (ended = error),
		},
	);
	return {
		...{ signaling, session, incarnation, heard, id },
		get resumes() {
			return resumes;
		},
		get ended() {
			return ended;
		},
		received: () =>
			heard.flatMap((event) =>
				event.type === 'signal' && event.signal.kind === 'candidate' ? [event.signal.candidate] : [],
			),
		tell: (recipient, number) =>
			session.sendSignal({ to: recipient.id, incarnation: recipient.incarnation, signal: candidate(number) }),
		close: () => signaling.close(),
	};
}
