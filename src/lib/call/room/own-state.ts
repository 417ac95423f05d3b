/** What is true of us in the room: our name, whether our hand is up, and what our devices give. The others are told what changes. */
import {
	sameData,
	type MemberChange,
	type MemberState,
	type ParticipantId,
	type Publications,
} from '../../protocol';
import type { Clock } from '../../platform/platform';
import { interruptionOf } from '../media/interruption';
import type { LocalMediaSnapshot } from '../media/media-state';
import { createAnnouncement, publicationsOf } from './announcement';
import type { SelfSnapshot } from './room-state';
import { labelsOf, type Roster } from './roster';

export interface OwnStatePort {
	clock: Clock;
	media(): LocalMediaSnapshot;
	/** Whether we are in a call and can tell the others. */
	isInCall(): boolean;
	tell(change: MemberChange): void;
}

export interface OwnState {
	readonly name: string;
	/** By this device's clock; `null` while the hand is down. */
	readonly handRaisedAt: number | null;
	/** What we told the others last. */
	readonly publications: Publications;
	/** For a join: the caller sends everything it returns. */
	tellAll(): MemberState;
	/** Something may have changed: tells the others what has. */
	announce(): void;
	/** In a call the others are told at once, otherwise with the next join. */
	setName(name: string): void;
	setHand(raised: boolean): void;
	setPageHidden(hidden: boolean): void;
	/** The same object while nothing has changed. */
	snapshot(roster: Roster, isSpeaking: (id: ParticipantId) => boolean): SelfSnapshot;
}

export function createOwnState({ clock, media, isInCall, tell }: OwnStatePort): OwnState {
	let name = '';
	let handRaisedAt: number | null = null;
	let pageHidden = false;
	let shown: SelfSnapshot | null = null;
	const announcement = createAnnouncement(current);

	function current(): MemberState {
		return {
			name,
			publications: publicationsOf(media()),
			interruption: interruptionOf(media(), pageHidden),
			hand: handRaisedAt !== null,
		};
	}

	function announce(): void {
		const change = isInCall() ? announcement.tellChange() : null;
		if (change) tell(change);
	}

	return {
		get name() {
			return name;
		},
		get handRaisedAt() {
			return handRaisedAt;
		},
		get publications() {
			return announcement.told.publications;
		},
		tellAll: announcement.tellAll,
		announce,
		setName(next) {
			name = next;
			announce();
		},
		setHand(raised) {
			if (raised === (handRaisedAt !== null)) return;
			handRaisedAt = raised ? clock.epochMs() : null;
			announce();
		},
		setPageHidden(hidden) {
			pageHidden = hidden;
			announce();
		},
		snapshot(roster, isSpeaking) {
			// Not what was told last: before a call we tell nobody anything, but still show it.
			const { interruption: _, hand: __, ...said } = current();
			const id = roster.self?.id ?? null;
			const next = {
				...said,
				id,
				label: (id !== null && labelsOf(roster).get(id)) || name,
				handRaisedAt,
				speaking: said.publications.microphone && id !== null && isSpeaking(id),
			};
			return (shown = shown && sameData(shown, next) ? shown : next);
		},
	};
}
