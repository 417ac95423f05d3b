import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { Toasts } from '../../stores/toasts.svelte';
import { createMissingParts, missingWords, type MissingParts } from './missing-parts';

let clock: FakeClock;
let toasts: Toasts;
let replaced: boolean;
let arrives: boolean;
let parts: MissingParts;

const load = vi.fn(() => (arrives ? Promise.resolve('there') : Promise.reject(new Error('offline'))));
const texts = () => toasts.items.map(({ text }) => text);

beforeEach(() => {
	clock = new FakeClock();
	toasts = new Toasts();
	[replaced, arrives] = [false, false];
	load.mockClear();
	parts = createMissingParts({ clock, toasts, isReplaced: () => Promise.resolve(replaced) });
});

describe('a part that could not be loaded', () => {
	it('is told of once, tried again by itself, and no word of it is left when it is there', async () => {
		parts.miss('part', 'invite', load);
		parts.miss('part', 'invite', load);
		await clock.advance(3_000);
		expect(texts()).toEqual([missingWords('part', false)]);
		expect(toasts.items[0]?.tone).toBe('alert');
		arrives = true;
		await clock.advance(30_000);
		expect(texts()).toEqual([]);
		expect(clock.pending).toBe(0);
	});

	it('is told of for as long as anything is missing of the same matter', async () => {
		parts.miss('chat', 'messages');
		parts.miss('chat', 'panel', load);
		await clock.advance(0);
		expect(texts()).toEqual([missingWords('chat', false)]);
		arrives = true;
		await clock.advance(30_000);
		expect(texts()).toHaveLength(1);
		parts.found('chat', 'messages');
		expect(texts()).toEqual([]);
	});

	it('of a version that the server has no more is promised for after the call, and not before', async () => {
		replaced = true;
		parts.miss('part', 'invite', load);
		await clock.advance(0);
		expect(texts()).toEqual([missingWords('part', true)]);
		expect(texts()[0]).not.toContain('by itself');
		expect(texts()[0]).toContain('after the call');
	});

	it('is no longer tried when the call is over', async () => {
		parts.miss('part', 'invite', load);
		await clock.advance(0);
		parts.close();
		const tries = load.mock.calls.length;
		await clock.advance(600_000);
		expect(load).toHaveBeenCalledTimes(tries);
	});
});
