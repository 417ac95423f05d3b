/**
 * Stands in for `messaging.ts` until that is loaded, so that nobody has to wait for it to join. What the others say meanwhile is kept in
 * the order in which it came, up to a limit for each; what exceeds it is recovered like anything that gets lost on the way.
 */
import type { ParticipantId } from '../protocol';
import { createLatePart } from '../platform/late-part';
import type { Messaging, MessagingFeatures, MessagingPort } from './messaging';
import type { NotLoaded } from './chat/chat-state';
import type { RemoteEnd } from './transport/transport';

/** For each of the others. Somebody who joins a long call late gets its history in some dozens of texts. */
export const earlyTextsMax = 100;
/** In UTF-16 code units. */
export const earlyTextLengthMax = 256 * 1024;

export interface EventualMessagingPort extends MessagingPort {
	load(): Promise<Pick<typeof import('./messaging'), 'createMessaging'>>;
	/** Called once, when it could not be loaded. More tries follow by themselves. */
	notLoaded(): void;
	/** Called after `notLoaded`, once it is loaded. */
	loadedLate(): void;
}

export interface EventualMessaging extends Omit<Messaging, 'features'> {
	/** `null` until they have been loaded. */
	readonly features: MessagingFeatures | null;
	/** Tries to load them at once. `null` if they can't be loaded now. */
	loadFeatures(): Promise<MessagingFeatures | null>;
	/** Returns the result of `act`, or `not-loaded` while the features are missing; then also tries to load them at once. */
	use<Result>(act: (features: MessagingFeatures) => Result): Result | NotLoaded;
}

/** What we know about one of the others before anything they say can be read. */
interface Early {
	readonly end: RemoteEnd;
	channelOpen: boolean;
	readonly texts: { by: 'handleDirect' | 'handleRelayed'; text: string }[];
	length: number;
	dropped: boolean;
}

/** Loads when somebody is inside: at the first `signalingResumed`. */
export function createEventualMessaging(port: EventualMessagingPort): EventualMessaging {
	const early = new Map<ParticipantId, Early>();
	let messaging: Messaging | null = null;
	let signalingUp = false;
	let late = false;
	const part = createLatePart({
		clock: port.clock,
		load: port.load,
		loaded: ({ createMessaging }) => begin(createMessaging(port)),
		failed() {
			late = true;
			port.notLoaded();
		},
	});

	function begin(made: Messaging): void {
		messaging = made;
		const others = [...early.values()];
		early.clear();
		made.setParticipants(others.map(({ end }) => end));
		for (const { end, channelOpen } of others) if (channelOpen) made.setChannel(end, true);
		if (signalingUp) made.signalingResumed();
		for (const { end, texts, dropped } of others) {
			for (const { by, text } of texts) made[by](end, text);
			if (dropped) made.dropped(end.id);
		}
		if (late) port.loadedLate();
		port.changed();
	}

	function find({ id, incarnation }: RemoteEnd): Early | undefined {
		const known = early.get(id);
		return known?.end.incarnation === incarnation ? known : undefined;
	}

	function keep(from: RemoteEnd, by: Early['texts'][number]['by'], text: string): void {
		const known = find(from);
		if (!known) return;
		if (known.texts.length >= earlyTextsMax || known.length + text.length > earlyTextLengthMax) {
			known.dropped = true;
			return;
		}
		known.texts.push({ by, text });
		known.length += text.length;
	}

	return {
		get features() {
			return messaging?.features ?? null;
		},
		async loadFeatures() {
			await part.load();
			return messaging?.features ?? null;
		},
		use(act) {
			if (messaging) return act(messaging.features);
			void part.load();
			return { ok: false, code: 'not-loaded' };
		},
		setParticipants(ends) {
			if (messaging) return messaging.setParticipants(ends);
			const known = ends.map((end) => find(end) ?? unheard(end));
			early.clear();
			for (const each of known) early.set(each.end.id, each);
		},
		setChannel(end, open) {
			if (messaging) return messaging.setChannel(end, open);
			const known = find(end);
			if (known) known.channelOpen = open;
		},
		signalingLost() {
			signalingUp = false;
			messaging?.signalingLost();
		},
		signalingResumed() {
			signalingUp = true;
			messaging?.signalingResumed();
			void part.load();
		},
		// While messaging is not loaded nothing needs to be done: it will ask for everything anyway.
		textsMissed: (from) => messaging?.textsMissed(from),
		dropped: (from) => messaging?.dropped(from),
		handleDirect(from, text) {
			if (messaging) messaging.handleDirect(from, text);
			else keep(from, 'handleDirect', text);
		},
		handleRelayed(from, sealed) {
			if (messaging) messaging.handleRelayed(from, sealed);
			else keep(from, 'handleRelayed', sealed);
		},
		close() {
			part.close();
			early.clear();
			messaging?.close();
		},
	};
}

function unheard(end: RemoteEnd): Early {
	return { end, channelOpen: false, texts: [], length: 0, dropped: false };
}
