import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import type { Captured, DeviceWish } from './capture';
import { answerWithinMs, createDeviceRequests, type DeviceRequests } from './device-requests';

const busy: Captured = { ok: false, code: 'busy' };
const wish: DeviceWish = { id: 'cam-1', exact: true };
let clock: FakeClock;
let answers: ((captured: Captured) => void)[];
let late: [string | undefined, boolean][];
let requests: DeviceRequests;

beforeEach(() => {
	clock = new FakeClock();
	answers = [];
	late = [];
	requests = createDeviceRequests({
		clock,
		capture: () => new Promise((resolve) => answers.push(resolve)),
		late: (asked, _captured, awaited) => late.push([asked?.id, awaited]),
	});
});

it('has the answer that comes in time, and nothing stays open', async () => {
	const asked = requests.ask(wish);
	answers[0]?.(busy);
	expect(await asked).toBe(busy);
	expect(requests.open).toBeNull();
});

it('waits no longer than its time: the request stays open until its answer comes after all', async () => {
	const asked = requests.ask(wish);
	await clock.advance(answerWithinMs);
	expect(await asked).toBeNull();
	expect(requests.open?.wish).toBe(wish);
	answers[0]?.(busy);
	await clock.advance(0);
	expect(late).toEqual([['cam-1', true]]);
	expect(requests.open).toBeNull();
});

it('awaits the latest request alone, and none that was forgotten', async () => {
	const first = requests.ask(wish);
	await clock.advance(answerWithinMs);
	const second = requests.ask(null);
	await clock.advance(answerWithinMs);
	expect(await Promise.all([first, second])).toEqual([null, null]);
	answers[0]?.(busy);
	await clock.advance(0);
	expect(requests.open?.wish).toBeNull();
	requests.forget();
	answers[1]?.(busy);
	await clock.advance(0);
	expect(late).toEqual([['cam-1', false], [undefined, false]]); // prettier-ignore
});
