import { afterEach, describe, expect, it } from 'vitest';
import {
	closePages,
	ids,
	inCall,
	openPage,
	secret,
	someone,
	welcome,
} from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';

afterEach(closePages);

describe('what is told of us', () => {
	it('is what has changed, once, and only inside a call', async () => {
		const page = await openPage();
		page.call.media.setCamera(false);
		page.call.room.join('Ann');
		await settle();
		page.signaling.session.say(welcome(page));
		expect(page.signaling.session.updates).toEqual([]);
		page.call.media.setMicrophone(false);
		page.call.media.setMicrophone(false);
		page.call.room.setHand(true);
		page.call.room.setHand(true);
		page.call.room.setName('Anna');
		const { updates } = page.signaling.session;
		expect(updates).toMatchObject([
			{ publications: { microphone: false } },
			{ hand: true },
			{ name: 'Anna' },
		]);
		expect(page.call.snapshot.self).toMatchObject({ name: 'Anna' });
	});

	it('is said to each of the others as well where it is a name, so that the server renames nobody', async () => {
		const page = await inCall({}, [someone('bob-here'), someone('carol-here')]);
		const said: unknown[] = [];
		page.transport().carry = (to, text) => {
			said.push([to, JSON.parse(text)]);
			return true;
		};
		for (let time = 0; time < 2; time++) page.call.room.setName('Anna');
		const message: unknown = expect.objectContaining({ type: 'name', name: 'Anna' });
		expect(said).toEqual([
			['bob-here', message],
			['carol-here', message],
		]);
	});

	it('is on our own tile at once, with a number where somebody here is called so already', async () => {
		const { call } = await inCall({}, [someone('bob-here')]);
		call.room.setName('Anna');
		expect(call.snapshot.self).toMatchObject({ name: 'Anna', label: 'Anna' });
		const [bob] = call.snapshot.participants;
		call.room.setName(bob?.name ?? '');
		expect(call.snapshot.self.label).toBe(`${bob?.name} (2)`);
	});

	it('is put into the record that a reload finds', async () => {
		const page = await inCall();
		page.signaling.session.say({ type: 'rejoin-token', rejoinToken: 'token-2' });
		page.call.room.setName('Anna');
		const record: unknown = JSON.parse(page.platform.tabStorage.get('parley.session') ?? '');
		expect(record).toMatchObject({ token: 'token-2', name: 'Anna', participant: 'ann-here' });
	});
});

it('[Q5] a replaced secret is moved to with those who stay, over the peers that are there, and without all others', async () => {
	const page = await inCall({ mayReplaceSecret: true }, [someone('bob-here'), someone('mallory-here')]);
	const told: string[] = [];
	page.transport().carry = (to, text) => {
		if (text.includes('room-secret')) told.push(to);
		return true;
	};
	await page.call.room.replaceSecret(['mallory-here']);
	await settle();
	const [before, after] = page.signaling.sessions;
	expect(page.signaling.sessions).toHaveLength(2);
	expect(after?.address.tag).not.toBe(before?.address.tag);
	expect(page.call.snapshot.secret).not.toBe(secret);
	expect(page.transports).toHaveLength(1);
	expect(page.transport().trust?.tag).toBe(after?.address.tag);
	expect(ids(page)).toEqual(['bob-here']);
	expect(told).toEqual(['bob-here']);
	// What the room of the old secret still says is not for us.
	before?.say({ type: 'participant-joined', participant: someone('carol-here') });
	before?.end({ code: 'taken-over' });
	expect(ids(page)).toEqual(['bob-here']);
	expect(page.call.snapshot.phase).toBe('in-call');
	after?.say(welcome(page, [someone('bob-here')]));
	expect(ids(page)).toEqual(['bob-here']);
	expect(page.notices).toEqual([{ type: 'left', id: 'mallory-here', name: 'mallory-here' }]);
});

it('an unchanged part of a snapshot stays the same object', async () => {
	const page = await inCall();
	const before = page.call.snapshot;
	page.call.room.setName('Anna');
	const after = page.call.snapshot;
	expect(after).not.toBe(before);
	expect(after.media).toBe(before.media);
	expect(after.participants).toBe(before.participants);
	expect(after.chat).toBe(before.chat);
});
