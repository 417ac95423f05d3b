import { describe, expect, it } from 'vitest';
import type { Participant, ServerEvent } from '../../protocol';
import {
	applyServerEvent,
	emptyRoster,
	labelsOf,
	mediaEnded,
	rename,
	withNames,
	type Roster,
} from './roster';

const incarnation = 'page-load-1';

function person(id: string, changes: Partial<Participant> = {}): Participant {
	return {
		id,
		incarnation,
		name: id.slice(0, 3),
		publications: { microphone: true, camera: true, screen: false },
		handRaisedAt: null,
		presence: 'here',
		joinedAt: 1,
		...changes,
	};
}

const me = person('me-000000');
const ada = person('ada-00000', { joinedAt: 2 });
const bob = person('bob-00000', { joinedAt: 3 });

function welcome(participants: Participant[]): ServerEvent {
	return {
		type: 'welcome',
		protocolVersion: 2,
		self: me,
		participants,
		iceServers: [],
		rejoinToken: 'token',
		roomLimit: 12,
		resumed: false,
	};
}

const noMedia = () => false;
const allMedia = () => true;

function after(events: ServerEvent[], hasMedia = noMedia, from: Roster = emptyRoster) {
	let roster = from;
	let notices: unknown[] = [];
	for (const event of events) ({ roster, notices } = applyServerEvent(roster, event, hasMedia));
	return { roster, notices, ids: roster.others.map((entry) => entry.participant.id) };
}

describe('roster', () => {
	it('lists the others in the order in which they joined, whatever the order of the news', () => {
		const { ids, notices } = after([
			welcome([]),
			{ type: 'participant-joined', participant: bob },
			{ type: 'participant-joined', participant: ada },
		]);
		expect(ids).toEqual([ada.id, bob.id]);
		expect(notices).toEqual([{ type: 'joined', id: ada.id, name: ada.name }]);
	});

	it('does not announce who was already here', () => {
		expect(after([welcome([ada, bob])]).notices).toEqual([]);
	});

	it('announces at a second welcome who came and who went in between', () => {
		const { notices, ids } = after([welcome([ada]), welcome([bob])]);
		expect(ids).toEqual([bob.id]);
		expect(notices).toEqual([
			{ type: 'joined', id: bob.id, name: bob.name },
			{ type: 'left', id: ada.id, name: ada.name },
		]);
	});

	it('keeps everyone whose media flows when a restarted server lists nobody yet', () => {
		const { roster, notices } = after([welcome([ada, bob]), welcome([])], allMedia);
		expect(roster.others.map((entry) => [entry.participant.id, entry.lingering])).toEqual([
			[ada.id, true],
			[bob.id, true],
		]);
		expect(notices).toEqual([]);
	});

	it('takes a lingering participant back without announcing them', () => {
		const { roster, notices } = after(
			[welcome([ada]), welcome([]), { type: 'participant-joined', participant: { ...ada, name: 'Ada' } }],
			allMedia,
		);
		expect(roster.others).toEqual([{ participant: { ...ada, name: 'Ada' }, lingering: false }]);
		expect(notices).toEqual([]);
	});

	it('keeps a participant who was lost to the server while their media flows, and drops them when it ends', () => {
		const { roster } = after(
			[welcome([ada]), { type: 'participant-left', id: ada.id, reason: 'lost' }],
			allMedia,
		);
		expect(roster.others[0]?.lingering).toBe(true);
		const ended = mediaEnded(roster, ada.id);
		expect(ended.roster.others).toEqual([]);
		expect(ended.notices).toEqual([{ type: 'left', id: ada.id, name: ada.name }]);
	});

	it('drops at once who leaves on purpose, media or not', () => {
		expect(
			after([welcome([ada]), { type: 'participant-left', id: ada.id, reason: 'left' }], allMedia).ids,
		).toEqual([]);
	});

	it('says nothing of media that ends for somebody the server still lists', () => {
		const { roster } = after([welcome([ada])]);
		expect(mediaEnded(roster, ada.id)).toEqual({ roster, notices: [] });
	});

	it('tells of a raised hand and a shared screen once, when they change', () => {
		const raised = { ...ada, handRaisedAt: 5 };
		const sharing = { ...raised, publications: { ...ada.publications, screen: true } };
		const events: ServerEvent[] = [welcome([ada]), { type: 'participant-updated', participant: raised }];
		expect(after(events).notices).toEqual([{ type: 'hand-raised', id: ada.id, name: ada.name }]);
		events.push({ type: 'participant-updated', participant: sharing });
		expect(after(events).notices).toEqual([{ type: 'screen-started', id: ada.id, name: ada.name }]);
		events.push({ type: 'participant-updated', participant: raised });
		expect(after(events).notices).toEqual([{ type: 'screen-stopped', id: ada.id, name: ada.name }]);
	});

	it('does not lower the list at an update of oneself', () => {
		const { roster, ids } = after([
			welcome([ada]),
			{ type: 'participant-updated', participant: { ...me, name: 'New' } },
		]);
		expect(ids).toEqual([ada.id]);
		expect(roster.self?.name).toBe('New');
	});
});

describe('two people of one name', () => {
	const second = person('bob-00000', { name: ada.name, joinedAt: 4 });
	const joined = { type: 'participant-joined', participant: second } as const;
	const left = { type: 'participant-left', id: second.id, reason: 'left' } as const;

	it('are numbered in the order in which they joined, oneself among them, and not while they are alone', () => {
		const { roster } = after([welcome([ada]), joined]);
		expect(labelsOf(roster).get(ada.id)).toBe(ada.name);
		expect(labelsOf(roster).get(second.id)).toBe(`${ada.name} (2)`);
		const mine = person('cat-00000', { name: me.name, joinedAt: 9 });
		const earlier = after([{ ...welcome([ada]), self: mine } as ServerEvent]).roster;
		expect(labelsOf(earlier).get(mine.id)).toBe(me.name);
		const namesake = after([
			{ ...welcome([person('ada-00000', { name: mine.name })]), self: mine } as ServerEvent,
		]);
		expect(labelsOf(namesake.roster).get('ada-00000')).toBe(mine.name);
		expect(labelsOf(namesake.roster).get(mine.id)).toBe(`${mine.name} (2)`);
		expect(labelsOf(after([left], noMedia, roster).roster).get(ada.id)).toBe(ada.name);
	});

	it('are named by that in what is told of them, also when they have gone', () => {
		const coming = after([welcome([ada]), joined]);
		expect(coming.notices).toEqual([{ type: 'joined', id: second.id, name: `${ada.name} (2)` }]);
		const going = after([left], noMedia, coming.roster);
		expect(going.notices).toEqual([{ type: 'left', id: second.id, name: `${ada.name} (2)` }]);
	});
});

describe('what somebody calls themselves', () => {
	const said = new Map([[ada.id, 'Ada']]);
	const nameOf = ({ id, name }: Participant) => said.get(id) ?? name;
	const renamed = { ...ada, name: 'Mallory' };

	it('[C11] goes before what the server calls them, in its list and in its news', () => {
		const { roster } = after([withNames(welcome([renamed, bob]), nameOf)]);
		expect(roster.others.map(({ participant }) => participant.name)).toEqual(['Ada', 'bob']);
		const event: ServerEvent = { type: 'participant-updated', participant: { ...renamed, handRaisedAt: 1 } };
		const { notices } = applyServerEvent(roster, withNames(event, nameOf), noMedia);
		expect(notices).toEqual([{ type: 'hand-raised', id: ada.id, name: 'Ada' }]);
	});

	it('is taken up when they say it, with labels and all, and changes nothing where they are called so already', () => {
		const { roster } = after([
			welcome([
				{ ...ada, name: 'Mallory' },
				{ ...bob, name: 'Ada' },
			]),
		]);
		const told = rename(roster, nameOf);
		expect([...labelsOf(told).values()]).toContain('Ada (2)');
		expect(rename(told, nameOf)).toBe(told);
	});
});
