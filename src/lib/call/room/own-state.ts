/** What is true of us in the room: what we are called, whether our hand is up, and what our devices give. The others are told what changes. */
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
	/** Whether there is anybody to tell. */
	isInCall(): boolean;
	tell(change: MemberChange): void;
}

export interface OwnState {
	readonly name: string;
	/** By this device's clock; `null` while it is down. */
	readonly handRaisedAt: number | null;
	/** As the others were told last. */
	readonly publications: Publications;
	/** For a join, which tells it. */
	tellAll(): MemberState;
	/** Something may be otherwise now. */
	announce(): void;
	/** Told in a call at once, and otherwise by the next join. */
	setName(name: string): void;
	setHand(raised: boolean): void;
	setPageHidden(hidden: boolean): void;
	/** The same object for as long as nothing is otherwise. */
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
			// Not what was told last: before a call nothing is told, and is shown all the same.
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
