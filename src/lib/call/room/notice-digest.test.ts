import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { createNoticeDigest, type NoticeDigest, type NoticeLine } from './notice-digest';
import type { OthersNotice } from './others-notice';
import type { ChatEntry } from '../chat/chat-state';

let clock: FakeClock;
let begunMs: number;
let told: (NoticeLine & { atMs: number })[];
let digest: NoticeDigest;

beforeEach(() => {
	clock = new FakeClock();
	begunMs = clock.now();
	told = [];
	digest = createNoticeDigest(clock, (line) => told.push({ ...line, atMs: clock.now() - begunMs }));
});

type Personal = Exclude<NoticeLine['type'], 'message'>;
const happens = (type: Personal, id: string, name = id) => digest.handle({ type, id, name });
const lines = () => told.map(({ type, names }) => `${names.join(' + ')} ${type}`);

function says(author: string, text: string): void {
	const entry: ChatEntry = {
		id: text,
		stream: author,
		authorName: author,
		mine: false,
		text,
		sentAt: 0,
		shownAt: 0,
		state: 'sent',
	};
	digest.handle({ type: 'message', entry } satisfies OthersNotice);
}

describe('what one person does', () => {
	it('is told within a moment', async () => {
		happens('joined', 'bob');
		await clock.advance(300);
		expect(lines()).toEqual(['bob joined']);
	});

	it('is told once when a hand goes up and down twenty times', async () => {
		for (let time = 0; time < 20; time++) {
			happens('hand-raised', 'bob');
			await clock.advance(400);
		}
		await clock.advance(60_000);
		expect(lines()).toEqual(['bob hand-raised']);
	});

	it('is told again when it is news again', async () => {
		happens('hand-raised', 'bob');
		await clock.advance(10_000);
		happens('hand-raised', 'bob');
		await clock.advance(10_000);
		expect(lines()).toEqual(['bob hand-raised', 'bob hand-raised']);
	});

	it('comes down to what is true when they come and go in turn', async () => {
		for (let time = 0; time < 10; time++) {
			happens('left', 'bob');
			await clock.advance(300);
			happens('joined', 'bob');
			await clock.advance(300);
		}
		await clock.advance(60_000);
		expect(lines()).toEqual(['bob left', 'bob joined']);
		happens('left', 'bob');
		await clock.advance(60_000);
		expect(lines()).toEqual(['bob left', 'bob joined', 'bob left']);
	});

	it('is not told when nothing has come of it', async () => {
		happens('joined', 'bob');
		happens('left', 'bob');
		await clock.advance(60_000);
		expect(lines()).toEqual([]);
	});

	it('is told now and then though it never stops, and ends with what is true', async () => {
		let on = false;
		for (let time = 0; time < 200; time++) {
			on = !on;
			happens(on ? 'screen-started' : 'screen-stopped', 'bob');
			await clock.advance(250 + ((time * 7) % 11) * 40);
		}
		if (!on) happens('screen-started', 'bob');
		await clock.advance(60_000);
		expect(told.length).toBeGreaterThan(2);
		expect(told.length).toBeLessThan(20);
		expect(told.at(-1)?.type).toBe('screen-started');
	});

	it('is told by kind: a hand does not wait for a screen', async () => {
		happens('screen-started', 'bob');
		happens('hand-raised', 'bob');
		await clock.advance(1_500);
		expect(lines()).toEqual(['bob screen-started', 'bob hand-raised']);
	});

	it('is at most one line in two seconds of each kind, of 616 things in eight seconds', async () => {
		const types = ['joined', 'left', 'hand-raised', 'screen-started', 'screen-stopped'] as const;
		for (let time = 0; time < 616; time++) {
			const type = types[time % types.length] ?? 'joined';
			happens(type, 'bob');
			if (time % 3 === 0) says('bob', `text ${time}`);
			await clock.advance(13);
		}
		await clock.advance(60_000);
		expect(told.length).toBeLessThanOrEqual(12);
		const kindOf = ({ type }: NoticeLine) => type.split('-')[0]?.replace(/joined|left/, 'presence');
		for (const [index, line] of told.entries()) {
			const before = told.slice(0, index).findLast((other) => kindOf(other) === kindOf(line));
			if (before) expect(line.atMs - before.atMs).toBeGreaterThanOrEqual(2_000);
		}
	});
});

describe('messages', () => {
	it('are told one by one where they come one by one', async () => {
		says('bob', 'one');
		await clock.advance(3_000);
		says('bob', 'two');
		await clock.advance(3_000);
		expect(told).toMatchObject([
			{ type: 'message', names: ['bob'], count: 1, text: 'one' },
			{ type: 'message', names: ['bob'], count: 1, text: 'two' },
		]);
	});

	it('of one person in one go are one line', async () => {
		for (let time = 0; time < 10; time++) {
			says('bob', `text ${time}`);
			await clock.advance(20);
		}
		await clock.advance(60_000);
		expect(told).toMatchObject([{ names: ['bob'], count: 10, text: 'text 9' }]);
	});

	it('that never stop are told every two seconds, and none is lost from the count', async () => {
		for (let time = 0; time < 200; time++) {
			says('bob', `text ${time}`);
			await clock.advance(50);
		}
		await clock.advance(60_000);
		expect(told.length).toBeLessThanOrEqual(6);
		expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(200);
	});

	it('that have been read by then are not told', async () => {
		says('bob', 'one');
		happens('hand-raised', 'bob');
		digest.forget('message');
		await clock.advance(60_000);
		expect(lines()).toEqual(['bob hand-raised']);
	});
});

describe('what many people do', () => {
	it('is one line when they do the same at once', async () => {
		for (const id of ['ada', 'bob', 'cy', 'dee', 'eve']) happens('joined', id);
		await clock.advance(300);
		expect(lines()).toEqual(['ada + bob + cy + dee + eve joined']);
		expect(told[0]?.count).toBe(5);
	});

	it('is at most one line a second, whatever it is', async () => {
		for (let time = 0; time < 100; time++) {
			happens(time % 2 ? 'joined' : 'hand-raised', `person-${time}`);
			says(`person-${time}`, 'hello');
			await clock.advance(100);
		}
		await clock.advance(60_000);
		for (const [index, { atMs }] of told.entries()) {
			const before = told[index - 1];
			if (before) expect(atMs - before.atMs).toBeGreaterThanOrEqual(1_000);
		}
		const joined = told.filter(({ type }) => type === 'joined').flatMap(({ names }) => names);
		expect(joined).toHaveLength(50);
	});

	it('takes a bounded memory, and leaves none and no timer behind', async () => {
		for (let time = 0; time < 10_000; time++) happens('joined', `person-${time}`);
		await clock.advance(60_000);
		expect(told).toHaveLength(1);
		expect(told[0]?.names.length).toBeLessThanOrEqual(512);
		expect(clock.pending).toBe(0);
		happens('joined', 'bob');
		digest.close();
		expect(clock.pending).toBe(0);
	});
});
