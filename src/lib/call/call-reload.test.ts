import { afterEach, describe, expect, it } from 'vitest';
import { closePages, dropPages, inCall, openPage, type Page } from '../../../tests/support/call-page';
import { settle } from '../../../tests/support/fake-clock';
import type { FakePlatformOptions } from '../../../tests/support/fake-platform';

afterEach(closePages);

describe('a reload', () => {
	async function reloaded(arrival: FakePlatformOptions['arrival']): Promise<Page> {
		const before = await inCall();
		const { storage, tabStorage } = before.platform;
		before.call.media.setMicrophone(false);
		before.call.room.setHand(true);
		await settle();
		dropPages();
		return openPage({ storage, tabStorage, load: 'later', ...(arrival && { arrival }) });
	}

	it('comes back to the same seat without a click, muted if muted, with the hand still up', async () => {
		const page = await reloaded('reloaded');
		expect(page.call.snapshot.phase).toBe('joining');
		await settle();
		const { options, state } = page.signaling.session;
		expect(options).toMatchObject({ token: 'token-1', incarnation: page.incarnation });
		expect(state).toMatchObject({ name: 'Ann', hand: true, publications: { microphone: false } });
		expect(page.call.snapshot.media.microphone.wanted).toBe(false);
	});

	it('by a step in the history comes back with everything off', async () => {
		const page = await reloaded('stepped');
		await settle();
		expect(page.signaling.session.options.token).toBe('token-1');
		const { microphone, camera } = page.call.snapshot.media;
		expect([microphone.wanted, camera.wanted]).toEqual([false, false]);
	});

	it('of a page that was merely opened waits for a click, which takes the same seat', async () => {
		const page = await reloaded('opened');
		await settle();
		expect(page.call.snapshot.phase).toBe('lobby');
		expect(page.signaling.sessions).toEqual([]);
		page.call.room.join('Ann');
		await settle();
		expect(page.signaling.session.options.token).toBe('token-1');
	});

	it('after the call was left finds a lobby and no seat', async () => {
		const before = await inCall();
		before.call.room.leave();
		const { storage, tabStorage } = before.platform;
		const page = await openPage({ storage, tabStorage, arrival: 'reloaded' });
		expect(page.call.snapshot.phase).toBe('lobby');
		page.call.room.join('Ann');
		await settle();
		expect(page.signaling.session.options.token).toBeNull();
	});
});
