import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import {
	createRecovery,
	failedAfterMs,
	headStartMs,
	recoveryStep,
	settledPatienceMs,
	type Recovery,
} from './recovery';

let clock: FakeClock;
let recovery: Recovery;
let told: string[];

beforeEach(() => {
	clock = new FakeClock();
	told = [];
	recovery = createRecovery(clock, {
		restartIce: () => told.push('restartIce'),
		rebuild: () => told.push('rebuild'),
		rebuildRelayed: () => told.push('rebuildRelayed'),
		stateChanged: () => told.push(recovery.state),
	});
});

it('restarts ICE about each second at first, then rebuilds, with and without a relay, ever more patiently', () => {
	const steps = Array.from({ length: 20 }, (_, attempt) => recoveryStep(attempt));
	expect(steps.slice(0, 2)).toEqual(Array(2).fill({ action: 'restartIce', patienceMs: 1_000 }));
	const firstRebuild = steps.findIndex(({ action }) => action === 'rebuild');
	const untilRebuildMs = steps.slice(0, firstRebuild).reduce((sum, { patienceMs }) => sum + patienceMs, 0);
	expect(untilRebuildMs).toBeGreaterThanOrEqual(10_000);
	expect(steps.slice(firstRebuild).map(({ action }) => action)).toEqual(
		steps.slice(firstRebuild).map((_, index) => (index % 2 === 0 ? 'rebuild' : 'rebuildRelayed')),
	);
	const patience = steps.map(({ patienceMs }) => patienceMs);
	expect(patience).toEqual([...patience].sort((a, b) => a - b));
});

it('does nothing while no description has been exchanged: who does not answer is still connecting', async () => {
	await clock.advance(10 * failedAfterMs);
	expect([recovery.state, told]).toEqual(['connecting', []]);
});

it('acts when media does not come after the descriptions', async () => {
	recovery.handleSettled();
	await clock.advance(settledPatienceMs - 1);
	expect(told).toEqual([]);
	await clock.advance(1);
	expect(told).toEqual(['restartIce']);
});

it('goes from connected to reconnecting to failed while it goes on trying, and back', async () => {
	recovery.handleConnected();
	recovery.handleLost(0);
	await clock.advance(failedAfterMs);
	expect(told).toEqual([
		...['connected', 'reconnecting', ...Array<string>(6).fill('restartIce')],
		...['rebuild', 'rebuildRelayed', 'failed', 'rebuild'],
	]);
	told = [];
	await clock.advance(120_000);
	expect(told.length).toBeGreaterThan(3);
	told = [];
	recovery.handleConnected();
	await clock.advance(120_000);
	expect(told).toEqual(['connected']);
	expect(clock.pending).toBe(0);
});

it('leaves the first move to the other end for as long as it is told to', async () => {
	recovery.handleConnected();
	recovery.handleLost(1_000);
	await clock.advance(999);
	recovery.handleLost(1_000); // `failed` after `disconnected` is no new loss
	expect(told).not.toContain('restartIce');
	await clock.advance(1);
	expect(told).toContain('restartIce');
});

it('gives a new peer from the other end its time', async () => {
	recovery.handleConnected();
	recovery.handleReplaced();
	expect(recovery.state).toBe('reconnecting');
	await clock.advance(settledPatienceMs - 1);
	expect(told).toEqual(['connected', 'reconnecting']);
});

it('answers a broken peer with a new one, soon at first and later less often', async () => {
	let rebuilt = 0;
	const times: number[] = [];
	const rebuild = () => {
		times.push(clock.now());
		if (++rebuilt < 5) broken.handleBroken();
	};
	const broken = createRecovery(clock, {
		restartIce: () => expect.unreachable(),
		stateChanged: () => {},
		rebuild,
		rebuildRelayed: rebuild,
	});
	broken.handleBroken();
	await clock.advance(20_000);
	const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
	expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
	expect(times.length).toBe(5);
	broken.close();
	expect(clock.pending).toBe(0);
});

it('a person who asks again gets a new peer at once, and no `failed` left over', async () => {
	recovery.handleConnected();
	recovery.handleLost(0);
	await clock.advance(failedAfterMs);
	expect(recovery.state).toBe('failed');
	told = [];
	recovery.retry();
	expect(told).toEqual(['reconnecting', 'rebuild']);
	await clock.advance(failedAfterMs - 1);
	expect(recovery.state).toBe('reconnecting');
});

describe('signaling', () => {
	it('that is away holds every step back, and does what is due at once when it returns', async () => {
		recovery.handleConnected();
		recovery.handleSignaling(false);
		recovery.handleLost(0);
		await clock.advance(20_000);
		expect(told).toEqual(['connected', 'reconnecting']);
		recovery.handleSignaling(true);
		expect(told.at(-1)).toBe('restartIce');
	});

	it('that comes back while media flows starts nothing', async () => {
		recovery.handleConnected();
		recovery.handleSignaling(false);
		recovery.handleSignaling(true);
		await clock.advance(120_000);
		expect(told).toEqual(['connected']);
	});

	it('that is slow is waited for: a restart has its time once both ends agree on it', async () => {
		recovery.handleConnected();
		recovery.handleLost(0);
		await clock.advance(0);
		await clock.advance(900);
		recovery.handleSettled();
		await clock.advance(999);
		expect(told).toEqual(['connected', 'reconnecting', 'restartIce']);
		await clock.advance(1);
		expect(told).toHaveLength(4);
	});
});

describe('another network', () => {
	it('starts the attempts over, quick ones first, while media is missing', async () => {
		recovery.handleConnected();
		recovery.handleLost(0);
		await clock.advance(15_000);
		expect(told.at(-1)).toMatch('rebuild');
		recovery.handleNetworkChanged();
		expect(told.at(-1)).toBe('restartIce');
	});

	it('is no reason to touch what flows', () => {
		recovery.handleConnected();
		recovery.handleNetworkChanged();
		expect(told).toEqual(['connected']);
		expect(clock.pending).toBe(0);
	});
});

it('leaves the first move to the impolite end, unless it was our own network that changed', () => {
	expect(headStartMs(false, Infinity)).toBe(0);
	expect(headStartMs(true, Infinity)).toBeGreaterThan(0);
	expect(headStartMs(true, 1_000)).toBe(0);
});
