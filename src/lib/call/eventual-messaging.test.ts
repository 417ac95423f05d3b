import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock';
import { createEventualMessaging, earlyTextLengthMax, earlyTextsMax } from './eventual-messaging';
import type { Messaging, MessagingPort } from './messaging';
import type { RemoteEnd } from './transport/transport';

const ann: RemoteEnd = { id: 'ann', incarnation: 'a1' };
const bob: RemoteEnd = { id: 'bob', incarnation: 'b1' };

/** What the part is told once it is there, in order. */
function recordingPart(told: unknown[][]): Pick<typeof import('./messaging'), 'createMessaging'> {
	const note =
		(what: keyof Messaging) =>
		(...about: unknown[]): void =>
			void told.push([what, ...about]);
	return {
		createMessaging: () => ({
			features: {
				chat: { entries: [], forked: 0, send: () => ({ ok: true }) },
				names: { of: ({ id }) => `${id} herself`, tell: () => {} },
				secrets: { replace: () => Promise.resolve(), isHeld: () => true },
				relay: { unreadable: 0 },
			},
			setParticipants: note('setParticipants'),
			setChannel: note('setChannel'),
			signalingLost: note('signalingLost'),
			signalingResumed: note('signalingResumed'),
			textsMissed: note('textsMissed'),
			dropped: note('dropped'),
			handleDirect: note('handleDirect'),
			handleRelayed: note('handleRelayed'),
			close: note('close'),
		}),
	};
}

function world(failures = 0) {
	const clock = new FakeClock();
	const told: unknown[][] = [];
	const notLoaded = vi.fn();
	const loadedLate = vi.fn();
	const changed = vi.fn();
	let attempts = 0;
	// The part is told of all else only by what is made of it, which is recorded here instead.
	const port = { clock, changed } as unknown as MessagingPort;
	const messaging = createEventualMessaging({
		...port,
		load: () =>
			attempts++ < failures ? Promise.reject(new Error('offline')) : Promise.resolve(recordingPart(told)),
		notLoaded,
		loadedLate,
	});
	const textsOf = ({ id }: RemoteEnd) =>
		told.flatMap(([what, end, text]) =>
			typeof what === 'string' && what.startsWith('handle') && (end as RemoteEnd).id === id ? [text] : [],
		);
	return { clock, messaging, told, notLoaded, loadedLate, changed, textsOf, attempts: () => attempts };
}

describe('messaging before it has been loaded', () => {
	it('is loaded once somebody is inside, and not before', async () => {
		const { clock, messaging, attempts, changed } = world();
		messaging.setParticipants([ann]);
		await clock.advance(60_000);
		expect(attempts()).toBe(0);
		messaging.signalingResumed();
		await clock.advance(0);
		expect(attempts()).toBe(1);
		expect(changed).toHaveBeenCalledOnce();
	});

	it('is told who is here, which channels are open and what they said, in that order', async () => {
		const { clock, messaging, told } = world();
		messaging.setParticipants([ann, bob]);
		messaging.setChannel(ann, true);
		messaging.handleDirect(ann, 'one');
		messaging.handleRelayed(bob, 'sealed');
		messaging.handleDirect(ann, 'two');
		messaging.signalingResumed();
		await clock.advance(0);
		expect(told).toEqual([
			['setParticipants', [ann, bob]],
			['setChannel', ann, true],
			['signalingResumed'],
			['handleDirect', ann, 'one'],
			['handleDirect', ann, 'two'],
			['handleRelayed', bob, 'sealed'],
		]);
	});

	it('keeps so many texts of each, and one who floods crowds out nobody else', async () => {
		const { clock, messaging, textsOf, told } = world();
		messaging.setParticipants([ann, bob]);
		for (let n = 0; n < 10 * earlyTextsMax; n++) messaging.handleDirect(ann, `${n}`);
		messaging.handleDirect(bob, 'hello');
		messaging.signalingResumed();
		await clock.advance(0);
		expect(textsOf(ann)).toEqual(Array.from({ length: earlyTextsMax }, (_, n) => `${n}`));
		expect(textsOf(bob)).toEqual(['hello']);
		// What was not kept is asked for again.
		expect(told.filter(([what]) => what === 'dropped')).toEqual([['dropped', 'ann']]);
	});

	it('keeps so many characters of each, by either carrier', async () => {
		const { clock, messaging, textsOf } = world();
		messaging.setParticipants([ann]);
		messaging.handleDirect(ann, 'x'.repeat(earlyTextLengthMax - 10));
		messaging.handleRelayed(ann, 'y'.repeat(11));
		messaging.handleRelayed(ann, 'z'.repeat(10));
		messaging.signalingResumed();
		await clock.advance(0);
		expect(textsOf(ann).map((text) => (text as string).at(0))).toEqual(['x', 'z']);
	});

	it('keeps nothing of who is not here, has reloaded or has gone', async () => {
		const { clock, messaging, textsOf } = world();
		messaging.handleDirect(ann, 'too early');
		messaging.setParticipants([ann, bob]);
		messaging.handleDirect(ann, 'before the reload');
		messaging.handleDirect(bob, 'before going');
		const reloaded = { ...ann, incarnation: 'a2' };
		messaging.setParticipants([reloaded]);
		messaging.handleRelayed(ann, 'late, of the page load before');
		messaging.handleDirect(reloaded, 'after it');
		messaging.signalingResumed();
		await clock.advance(0);
		expect(textsOf(ann)).toEqual(['after it']);
		expect(textsOf(bob)).toEqual([]);
	});

	it('tells once that it could not be loaded, tries again, and has lost nothing by then', async () => {
		const { clock, messaging, textsOf, notLoaded, loadedLate, attempts } = world(3);
		messaging.setParticipants([ann]);
		messaging.signalingResumed();
		await clock.advance(0);
		expect(notLoaded).toHaveBeenCalledOnce();
		expect(loadedLate).not.toHaveBeenCalled();
		messaging.handleDirect(ann, 'meanwhile');
		await clock.advance(1_000 + 2_000 + 4_000);
		expect(attempts()).toBe(4);
		expect(notLoaded).toHaveBeenCalledOnce();
		expect(loadedLate).toHaveBeenCalledOnce();
		expect(textsOf(ann)).toEqual(['meanwhile']);
	});

	it('takes no message that it could lose, and tries at once when there is one', async () => {
		const { clock, messaging } = world(1);
		const send = () => messaging.use(({ chat }) => chat.send('hello'));
		messaging.signalingResumed();
		await clock.advance(0);
		expect(send()).toEqual({ ok: false, code: 'not-loaded' });
		await clock.advance(0);
		expect(send()).toEqual({ ok: true });
	});

	it('has nothing to show, and has it as soon as somebody waits for it', async () => {
		const { messaging } = world();
		expect(messaging.features).toBeNull();
		const features = await messaging.loadFeatures();
		expect(features?.names.of(ann)).toBe('ann herself');
		expect(messaging.features).toBe(features);
	});

	it('lets go who waits for it where it can’t be had', async () => {
		const { messaging } = world(1);
		expect(await messaging.loadFeatures()).toBeNull();
	});

	it('does not resume what has been lost again while it was loading', async () => {
		const { clock, messaging, told } = world();
		messaging.signalingResumed();
		messaging.signalingLost();
		await clock.advance(0);
		expect(told).toEqual([['setParticipants', []]]);
	});

	it('is not begun once the page is gone', async () => {
		const { clock, messaging, told } = world();
		messaging.signalingResumed();
		messaging.close();
		await clock.advance(60_000);
		expect(told).toEqual([]);
		expect(clock.pending).toBe(0);
	});
});
