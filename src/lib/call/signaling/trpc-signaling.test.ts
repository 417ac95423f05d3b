import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { FakeNetwork } from '../../../../tests/support/fake-platform';
import { createTrpcSignaling } from './trpc-signaling';

/** Sockets that open, and are closed by the other end after so long. */
function start(clock: FakeClock, heldMs: () => number) {
	let opened = 0;
	class Socket extends EventTarget {
		constructor() {
			super();
			opened += 1;
			clock.after(10, () => {
				this.dispatchEvent(new Event('open'));
				clock.after(heldMs(), () => this.dispatchEvent(new Event('close')));
			});
		}
		send() {
			this.dispatchEvent(new MessageEvent('message', { data: 'PONG' }));
		}
		close() {}
	}
	const network = new FakeNetwork();
	const signaling = createTrpcSignaling({
		...{ clock, network, origin: 'http://parley.example' },
		randomBytes: (length) => new Uint8Array(length).fill(128),
		WebSocket: Socket as unknown as typeof WebSocket,
		fetch: () => Promise.reject(new Error('nothing here')),
	});
	return { signaling, network, opened: () => opened };
}

describe('the connection to the server', () => {
	it('is tried again at once when it held, and ever later where each is closed as soon as it is open', async () => {
		const clock = new FakeClock();
		let heldMs = 60_000;
		const { signaling, opened } = start(clock, () => heldMs);
		await clock.advance(60_000);
		expect(opened()).toBe(1);
		heldMs = 0;
		await clock.advance(100);
		expect(opened()).toBe(2);
		await clock.advance(20_000);
		expect(opened()).toBeGreaterThan(10);
		expect(opened()).toBeLessThan(30);
		heldMs = 60_000;
		await clock.advance(60_000);
		const before = opened();
		await clock.advance(5_000);
		expect(opened()).toBe(before + 1);
		signaling.close();
		await clock.advance(60_000);
		expect(opened()).toBe(before + 1);
	});

	it('is tried at once when the network changes, however often it was in vain', async () => {
		const clock = new FakeClock();
		const { signaling, network, opened } = start(clock, () => 0);
		await clock.advance(30_000);
		const before = opened();
		network.change('network');
		await clock.advance(5);
		expect(opened()).toBe(before + 1);
		signaling.close();
	});
});
