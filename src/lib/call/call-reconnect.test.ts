import { afterEach, describe, expect, it } from 'vitest';
import { closePages, ids, inCall, openPage, someone, welcome } from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';

afterEach(closePages);

describe('signaling that is lost', () => {
	it('is told once, touches nobody whose media flows, and is made good when it is back', async () => {
		const page = await inCall();
		page.signaling.setState('reconnecting');
		page.signaling.setState('reconnecting', 'blocked');
		expect(page.call.snapshot).toMatchObject({
			phase: 'in-call',
			signaling: 'reconnecting',
			obstacle: 'blocked',
		});
		expect(ids(page)).toEqual(['bob-here']);
		page.signaling.setState('connected');
		page.signaling.session.resume();
		expect(page.transport().signaling).toEqual(['lost', 'resumed']);
		expect(page.notices).toEqual([{ type: 'signaling-lost' }, { type: 'signaling-restored' }]);
		expect(page.signaling.sessions).toHaveLength(1);
	});

	it('with a server that has forgotten somebody keeps them for as long as their media flows', async () => {
		const page = await inCall();
		page.signaling.session.say(welcome(page, []));
		expect(page.call.snapshot.participants).toMatchObject([{ id: 'bob-here', away: true }]);
		expect(page.notices).toEqual([]);
		page.transport().setConnection('bob-here', 'reconnecting');
		expect(ids(page)).toEqual([]);
		expect(page.notices).toEqual([{ type: 'left', id: 'bob-here', name: 'bob-here' }]);
	});

	it('with a server that has forgotten us is told what is true by then, and tells nothing of the others twice', async () => {
		const sharing = { microphone: true, camera: true, screen: true };
		const bob = someone('bob-here', { handRaisedAt: 5, publications: sharing });
		const page = await inCall({}, [bob]);
		page.signaling.setState('reconnecting');
		page.call.media.setCamera(false);
		page.call.room.setHand(true);
		page.call.room.setName('Anna');
		await settle();
		page.signaling.setState('connected');
		expect(page.signaling.session.options.state()).toMatchObject({
			...{ name: 'Anna', hand: true },
			publications: { microphone: true, camera: false, screen: false },
		});
		page.notices.length = 0;
		page.signaling.session.say(welcome(page, [bob], { rejoinToken: 'token-2' }));
		expect(page.notices).toEqual([]);
		expect(page.call.snapshot.phase).toBe('in-call');
		expect(page.platform.tabStorage.get('parley.session')).toContain('token-2');
	});

	it('while nobody is in a call is no news', async () => {
		const page = await openPage();
		page.signaling.setState('reconnecting');
		page.signaling.setState('connected');
		expect(page.notices).toEqual([]);
	});
});
