import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/fake-clock';
import { FakeTrack } from '../../../../tests/support/fake-media-devices';
import type { Captured, DeviceWish } from './capture';
import { createDeviceExchange, type Desired } from './device-exchange';
import { answerWithinMs, createDeviceRequests, type DeviceRequests } from './device-requests';
import { heldDevice, type HeldDevice } from './held-device';
import type { MediaFailureCode } from './media-state';

type Exchange = ReturnType<typeof createDeviceExchange>;

const wish = (id: string): DeviceWish => ({ id, exact: true });
const want = (id: string): Desired => ({ hold: true, wish: wish(id) });
const off: Desired = { hold: false, wish: null };

let clock: FakeClock;
let requests: DeviceRequests;
let exchange: Exchange;
let held: HeldDevice | null;
let desired: Desired;
let asking: boolean;
/** What the browser says of each request in turn: a track, a failure, or nothing ever. */
let replies: (FakeTrack | MediaFailureCode | 'hangs')[];
/** Everything that was done, in order. */
let log: string[];

beforeEach(() => {
	clock = new FakeClock();
	[held, desired, asking, replies, log] = [null, off, false, [], []];
	requests = createDeviceRequests({
		clock,
		capture(asked) {
			log.push(`ask ${asked?.id}`);
			const reply = replies.shift() ?? 'unknown';
			if (reply === 'hangs') return new Promise<Captured>(() => {});
			if (typeof reply === 'string') return Promise.resolve({ ok: false, code: reply });
			return Promise.resolve({ ok: true, track: reply.asTrack() });
		},
		late: () => {},
	});
	exchange = createDeviceExchange({
		requests,
		held: () => held,
		desired: () => desired,
		mayBeAsking: () => Promise.resolve(asking),
		letGo() {
			log.push('let go');
			held = null;
		},
		keepOrStop(track, asked, now) {
			log.push(`keep ${asked?.id} for ${now.wish?.id}`);
			held = heldDevice(track, asked, clock.now());
		},
		refuse: (refused, kept) => log.push(`refuse ${refused?.id}, ${kept?.id} stays`),
		fail: (code) => log.push(`fail ${code}`),
	});
});

/** One step, as the reconciler takes it; a request that hangs is given its time. */
async function step(next: Desired): Promise<void> {
	desired = next;
	const done = exchange(next, () => desired);
	await clock.advance(answerWithinMs);
	await done;
}

function hold(id: string, { muted = false, stale = false } = {}): FakeTrack {
	const track = new FakeTrack('video', id, id);
	track.muted = muted;
	held = { ...heldDevice(track.asTrack(), wish(id), 0), stale };
	return track;
}

const camera = (id: string) => new FakeTrack('video', id, id);

describe('towards a device', () => {
	it('asks nothing where what is held is what is wished for, or nothing is to be held', async () => {
		hold('front');
		await step(want('front'));
		await step(off);
		expect(log).toEqual(['let go']);
	});

	it('hands on what comes together with the wish of that moment, which may be another one', async () => {
		replies = [camera('front')];
		desired = want('front');
		const done = exchange(desired, () => desired);
		desired = want('back');
		await done;
		expect(log).toEqual(['ask front', 'keep front for back']);
	});

	it('says nothing of a failure once something else is wished for', async () => {
		replies = ['not-found'];
		desired = want('front');
		const done = exchange(desired, () => desired);
		desired = want('back');
		await done;
		expect(log).toEqual(['ask front']);
	});

	it('keeps what works when the wished one fails, and fails where there is nothing to keep', async () => {
		hold('front');
		replies = ['not-found', 'not-found'];
		await step(want('back'));
		held = null;
		await step(want('back'));
		expect(log).toEqual(['ask back', 'refuse back, front stays', 'ask back', 'fail not-found']);
	});
});

describe('where one device is open at a time', () => {
	it('lets go of the old one and asks once more', async () => {
		hold('front');
		replies = ['busy', camera('back')];
		await step(want('back'));
		expect(log).toEqual(['ask back', 'let go', 'ask back', 'keep back for back']);
	});

	it('takes the old one back when the wished one is still busy, or gives no answer', async () => {
		for (const second of ['busy', 'hangs'] as const) {
			hold('front');
			replies = ['busy', second, camera('front')];
			log = [];
			await step(want('back'));
			expect(log.slice(3)).toEqual(['ask front', 'refuse back, front stays', 'keep front for back']);
			requests.forget();
		}
	});

	it('lets go of nothing for a wish that is over', async () => {
		hold('front');
		replies = ['busy'];
		desired = want('back');
		const done = exchange(desired, () => desired);
		desired = want('front');
		await done;
		expect(log).toEqual(['ask back']);
	});

	it('spares a muted track that was to be replaced: it may yet be given back', async () => {
		const old = hold('front', { muted: true, stale: true });
		const still = Object.assign(camera('front'), { muted: true });
		replies = ['busy', still];
		await step(want('front'));
		expect([held?.stale, old.readyState]).toEqual([false, 'live']);
		hold('front', { muted: true, stale: true });
		await step(want('front'));
		expect([held?.stale, still.readyState]).toEqual([false, 'ended']);
		expect(log).toEqual(['ask front', 'ask front']);
	});
});

describe('without an answer', () => {
	it('says after its time what is waited for: the person, or the device', async () => {
		for (const [isAsking, code] of [
			[true, 'asking'],
			[false, 'no-answer'],
		] as const) {
			// prettier-ignore
			[asking, replies, log] = [isAsking, ['hangs'], []];
			requests.forget();
			desired = want('front');
			const done = exchange(desired, () => desired);
			await clock.advance(answerWithinMs - 1);
			expect(log).toEqual(['ask front']);
			await clock.advance(1);
			await done;
			expect(log).toEqual(['ask front', `fail ${code}`]);
		}
	});

	it('does not ask a second time for the same, and for something else only where no question can be open', async () => {
		replies = ['hangs', camera('back')];
		asking = true;
		await step(want('front'));
		await step(want('front'));
		await step(want('back'));
		expect(log).toEqual(['ask front', 'fail asking', 'fail asking', 'fail asking']);
		asking = false;
		await step(want('back'));
		expect(log.slice(4)).toEqual(['ask back', 'keep back for back']);
	});

	it('goes on with the device that is held', async () => {
		hold('front');
		replies = ['hangs'];
		await step(want('back'));
		expect(log).toEqual(['ask back', 'refuse back, front stays']);
		hold('back', { stale: true });
		await step(want('back'));
		expect([log.length, held?.stale]).toEqual([2, false]);
	});

	it('does not say so when the device was switched off, or came another way, meanwhile', async () => {
		replies = ['hangs'];
		let told!: (isAsking: boolean) => void;
		const waiting = createDeviceExchange({
			...{ requests, held: () => held, desired: () => desired },
			mayBeAsking: () => new Promise((resolve) => (told = resolve)),
			letGo: () => {},
			keepOrStop: () => {},
			refuse: () => {},
			fail: (code) => log.push(`fail ${code}`),
		});
		for (const happens of [() => (desired = off), () => hold('front'), () => requests.forget()]) {
			[held, replies] = [null, ['hangs']];
			desired = want('front');
			const done = waiting(desired, () => desired);
			await clock.advance(answerWithinMs);
			happens();
			told(false);
			await done;
			await settle();
			requests.forget();
		}
		expect(log).toEqual(['ask front', 'ask front', 'ask front']);
	});
});
