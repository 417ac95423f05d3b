/**
 * Who is in the room, as this client sees it. Pure. Differs from the server's list in one way: somebody whose media still flows stays in
 * view when a connection to the server is lost, theirs or ours.
 */
import type { Participant, ParticipantId, ServerEvent } from '../../protocol';
import { distinctNames } from './distinct-names';
import type { OthersNotice } from './others-notice';

export interface RosterEntry {
	participant: Participant;
	/** The server no longer lists them; they stay while their media flows. */
	lingering: boolean;
}

export interface Roster {
	self: Participant | null;
	/** The others, in the order in which they joined. */
	others: RosterEntry[];
}

export const emptyRoster: Roster = { self: null, others: [] };

export interface RosterChange {
	roster: Roster;
	notices: OthersNotice[];
}

/**
 * Events that say nothing about who is here return the same roster. `hasMedia` tells whose media flows right now. The notices contain names
 * as they are shown.
 */
export function applyServerEvent(
	roster: Roster,
	event: ServerEvent,
	hasMedia: (id: ParticipantId) => boolean,
): RosterChange {
	return withLabels(roster, changeBy(roster, event, hasMedia));
}

function changeBy(
	roster: Roster,
	event: ServerEvent,
	hasMedia: (id: ParticipantId) => boolean,
): RosterChange {
	switch (event.type) {
		case 'welcome': {
			const known = new Set(roster.others.map(({ participant }) => participant.id));
			const listed = new Set(event.participants.map(({ id }) => id));
			const listedEntries = event.participants.map(present);
			const lingerers = roster.others
				.filter(({ participant }) => !listed.has(participant.id) && hasMedia(participant.id))
				.map((entry) => ({ ...entry, lingering: true }));
			const notices: OthersNotice[] = [];
			// Somebody who was here before us is not news; somebody who came while we were away is.
			if (roster.self !== null) {
				for (const { id, name } of event.participants) {
					if (!known.has(id)) notices.push({ type: 'joined', id, name });
				}
				for (const { participant } of roster.others) {
					const { id, name } = participant;
					if (!listed.has(id) && !hasMedia(id)) notices.push({ type: 'left', id, name });
				}
			}
			return {
				roster: { self: event.self, others: inOrder([...listedEntries, ...lingerers]) },
				notices,
			};
		}
		case 'participant-joined':
		case 'participant-updated':
			return put(roster, event.participant);
		case 'participant-left': {
			const entry = roster.others.find(({ participant }) => participant.id === event.id);
			if (!entry) return { roster, notices: [] };
			// Somebody who moves to another secret closes their peers with everyone they leave behind. If their media still flows, they
			// stay with us.
			if (event.reason !== 'left' && hasMedia(event.id)) {
				return { roster: replace(roster, { ...entry, lingering: true }), notices: [] };
			}
			return remove(roster, event.id);
		}
		case 'signal':
		case 'relay':
		case 'gap':
		case 'ice-servers':
		case 'rejoin-token':
			return { roster, notices: [] };
		default:
			event satisfies never;
			return { roster, notices: [] };
	}
}

/** Keeps only these page loads, whatever the server says about others. */
export function keepOnly(roster: Roster, incarnations: ReadonlySet<string>): RosterChange {
	const change = roster.others
		.filter(({ participant }) => !incarnations.has(participant.incarnation))
		.reduce<RosterChange>(
			(so, { participant }) => {
				const { roster, notices } = remove(so.roster, participant.id);
				return { roster, notices: [...so.notices, ...notices] };
			},
			{ roster, notices: [] },
		);
	return withLabels(roster, change);
}

/** The same event with the names that `nameOf` gives, whatever the server calls people. */
export function withNames(event: ServerEvent, nameOf: (participant: Participant) => string): ServerEvent {
	const named = (participant: Participant) => ({ ...participant, name: nameOf(participant) });
	switch (event.type) {
		case 'welcome':
			return { ...event, self: named(event.self), participants: event.participants.map(named) };
		case 'participant-joined':
		case 'participant-updated':
			return { ...event, participant: named(event.participant) };
		default:
			return event;
	}
}

/** Everybody, ourselves included, by the names that `nameOf` gives. Returns the same roster if no name has changed. */
export function rename(roster: Roster, nameOf: (participant: Participant) => string): Roster {
	const self = roster.self && named(roster.self, nameOf);
	const others = roster.others.map((entry) => {
		const participant = named(entry.participant, nameOf);
		return participant === entry.participant ? entry : { ...entry, participant };
	});
	const isSame = self === roster.self && others.every((entry, index) => entry === roster.others[index]);
	return isSame ? roster : { self, others };
}

function named(participant: Participant, nameOf: (participant: Participant) => string): Participant {
	const name = nameOf(participant);
	return name === participant.name ? participant : { ...participant, name };
}

const labels = new WeakMap<Roster, Map<ParticipantId, string>>();

/** The label of everybody, ourselves included: the name, with a number where two look the same. */
export function labelsOf(roster: Roster): ReadonlyMap<ParticipantId, string> {
	let known = labels.get(roster);
	if (!known) {
		const self = roster.self ? [present(roster.self)] : [];
		const everybody = inOrder([...self, ...roster.others]).map(({ participant }) => participant);
		labels.set(roster, (known = distinctNames(everybody)));
	}
	return known;
}

/** Media has ended: somebody who was kept in view only by their media is gone now. */
export function mediaEnded(roster: Roster, id: ParticipantId): RosterChange {
	const entry = roster.others.find(({ participant }) => participant.id === id);
	return entry?.lingering ? withLabels(roster, remove(roster, id)) : { roster, notices: [] };
}

/** Somebody who has left keeps the label they had before. */
function withLabels(before: Roster, { roster, notices }: RosterChange): RosterChange {
	const named = notices.map((notice) => {
		if (!('name' in notice)) return notice;
		const label = labelsOf(roster).get(notice.id) ?? labelsOf(before).get(notice.id);
		return { ...notice, name: label ?? notice.name };
	});
	return { roster, notices: named };
}

function put(roster: Roster, participant: Participant): RosterChange {
	if (participant.id === roster.self?.id) return { roster: { ...roster, self: participant }, notices: [] };
	const before = roster.others.find((entry) => entry.participant.id === participant.id)?.participant;
	const { id, name } = participant;
	const notices: OthersNotice[] = [];
	if (!before) notices.push({ type: 'joined', id, name });
	else {
		const sharedScreen = before.publications.screen;
		const sharesScreen = participant.publications.screen;
		if (sharesScreen && !sharedScreen) notices.push({ type: 'screen-started', id, name });
		if (sharedScreen && !sharesScreen) notices.push({ type: 'screen-stopped', id, name });
		if (participant.handRaisedAt !== null && before.handRaisedAt === null) {
			notices.push({ type: 'hand-raised', id, name });
		}
	}
	const entry = present(participant);
	if (before) return { roster: replace(roster, entry), notices };
	return { roster: { ...roster, others: inOrder([...roster.others, entry]) }, notices };
}

function remove(roster: Roster, id: ParticipantId): RosterChange {
	const entry = roster.others.find(({ participant }) => participant.id === id);
	return {
		roster: { ...roster, others: roster.others.filter((other) => other !== entry) },
		notices: entry ? [{ type: 'left', id, name: entry.participant.name }] : [],
	};
}

function replace(roster: Roster, entry: RosterEntry): Roster {
	const { id } = entry.participant;
	return { ...roster, others: roster.others.map((other) => (other.participant.id === id ? entry : other)) };
}

function present(participant: Participant): RosterEntry {
	return { participant, lingering: false };
}

/** By the time of joining, then by id, so that tiles stand in the same order for everyone. */
function inOrder(entries: RosterEntry[]): RosterEntry[] {
	return entries.sort(
		(a, b) =>
			a.participant.joinedAt - b.participant.joinedAt ||
			(a.participant.id < b.participant.id ? -1 : a.participant.id > b.participant.id ? 1 : 0),
	);
}
