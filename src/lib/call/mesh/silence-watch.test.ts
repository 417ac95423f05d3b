import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import type { Arrivals } from './arrivals';
import { createSilenceWatch } from './silence-watch';

it('statistics that never come are asked for again, and silence is found all the same', async () => {
	const clock = new FakeClock();
	let told = false;
	let probes = 0;
	const nothingNew: Arrivals = { count: 0, roundTripMs: 20, availableOutgoingBps: null };
	const watch = createSilenceWatch({
		clock,
		deliveries: () => 0,
		arrivals: () => (told ? Promise.resolve(nothingNew) : new Promise(() => {})),
		probe: () => (probes += 1),
		carries: () => {},
		changed: () => {},
	});
	watch.handleConnected();
	await clock.advance(1_000);
	told = true;
	await clock.advance(5_000);
	expect(probes).toBeGreaterThan(0);
	expect(watch.stopped).toBe(true);
	watch.close();
});
