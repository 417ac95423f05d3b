import { expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import type { NoticeLine } from '../../call/room/notice-digest';
import { createPeopleSound } from './people-sound';

const line = (type: NoticeLine['type'], count = 1): NoticeLine => ({ type, count, names: ['Ada'], text: '' });

it('says who comes and who goes, and nothing of anything else', async () => {
	const clock = new FakeClock();
	const soundOf = createPeopleSound(clock);
	expect(soundOf(line('joined'))).toBe('joined');
	await clock.advance(5_000);
	expect(soundOf(line('left', 2))).toBe('left');
	await clock.advance(5_000);
	for (const type of ['message', 'hand-raised', 'screen-started', 'screen-stopped'] as const)
		expect(soundOf(line(type))).toBeNull();
});

it('is silent when many come at once, and for those who follow them', async () => {
	const clock = new FakeClock();
	const soundOf = createPeopleSound(clock);
	expect(soundOf(line('joined', 3))).toBeNull();
	await clock.advance(1_000);
	expect(soundOf(line('joined'))).toBeNull();
	await clock.advance(4_000);
	expect(soundOf(line('joined'))).toBe('joined');
});

it('is heard once in five seconds, however often somebody comes and goes', async () => {
	const clock = new FakeClock();
	const soundOf = createPeopleSound(clock);
	const heard: unknown[] = [];
	for (let second = 0; second < 20; second++) {
		heard.push(soundOf(line(second % 2 === 0 ? 'joined' : 'left')));
		await clock.advance(1_000);
	}
	expect(heard.filter(Boolean)).toHaveLength(4);
});
