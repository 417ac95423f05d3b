import { describe, expect, it } from 'vitest';
import { authorOf, isNews, isPresent, notWrittenAt, updateRemotes, type Remote } from './chat-remote';

const end = (id: string, incarnation = `${id}-1`) => ({ id, incarnation });
function remotesOf(...ids: string[]): Map<string, Remote> {
	const remotes = new Map<string, Remote>();
	updateRemotes(
		remotes,
		ids.map((id) => end(id)),
		0,
	);
	return remotes;
}
const only = (id: string) => remotesOf(id).get(id) as Remote;

describe('who is here', () => {
	it('keeps what it knows of those who stay, and forgets those who are gone with their timers', () => {
		const remotes = remotesOf('ann', 'bob');
		const [ann, bob] = [...remotes.values()] as [Remote, Remote];
		let running = 3;
		bob.timers.sync = bob.timers.ask = bob.timers.answer = () => running--;
		const { gone, come } = updateRemotes(remotes, [end('ann'), end('cat')], 7);
		expect(gone).toEqual([bob]);
		expect(running).toBe(0);
		expect(come.map(({ end: { id }, metAt }) => [id, metAt])).toEqual([['cat', 7]]);
		expect([...remotes.keys()]).toEqual(['ann', 'cat']);
		expect(remotes.get('ann')).toBe(ann);
	});

	it('takes a reload for somebody else under the same id', () => {
		const remotes = remotesOf('ann');
		const before = remotes.get('ann') as Remote;
		const { gone, come } = updateRemotes(remotes, [end('ann', 'ann-2')], 0);
		expect([gone, come.length]).toEqual([[before], 1]);
		expect(isPresent(remotes, before)).toBe(false);
		expect(authorOf(remotes, 'ann-1')).toBeUndefined();
		expect(authorOf(remotes, 'ann-2')).toBe(come[0]);
	});
});

describe('what is news', () => {
	const third = { sequence: 3, text: 'hello' };

	it('is what was written after its author first said where their stream stood, whoever brings it', () => {
		const author = only('ann');
		author.history = 2;
		expect(isNews(author, only('bob'), third)).toBe(true);
		author.history = 3;
		expect(isNews(author, author, third)).toBe(false);
	});

	it('is only what comes from its author, while they have not said so', () => {
		const author = only('ann');
		expect(isNews(author, author, third)).toBe(true);
		expect(isNews(author, only('bob'), third)).toBe(false);
	});

	it('is nothing of those who are gone, and no introduction', () => {
		const author = only('ann');
		expect(isNews(undefined, author, third)).toBe(false);
		expect(isNews(author, author, { ...third, text: '' })).toBe(false);
	});
});

describe('when a message was not written yet', () => {
	const nowMs = 9_000;
	const told = { count: 2, at: 5_000, channelOpen: true };
	const author = () => Object.assign(only('ann'), { told, channelOpen: true });

	it('is now, where it came from its author through the channel that they told through', () => {
		const ann = author();
		expect(notWrittenAt(ann, ann, { sequence: 3 }, nowMs)).toBe(nowMs);
	});

	it('is when its author last told, where it came another way', () => {
		expect(notWrittenAt(author(), only('bob'), { sequence: 3 }, nowMs)).toBe(told.at);
		const reopened = Object.assign(author(), { told: { ...told, channelOpen: false } });
		expect(notWrittenAt(reopened, reopened, { sequence: 3 }, nowMs)).toBe(told.at);
		const closed = Object.assign(author(), { channelOpen: false });
		expect(notWrittenAt(closed, closed, { sequence: 3 }, nowMs)).toBe(told.at);
	});

	it('is not known of what they had written by then, of those who told nothing, nor of those who are gone', () => {
		const [ann, bob] = [author(), only('bob')];
		expect(notWrittenAt(ann, ann, { sequence: 2 }, nowMs)).toBeNull();
		expect(notWrittenAt(bob, bob, { sequence: 1 }, nowMs)).toBeNull();
		expect(notWrittenAt(undefined, bob, { sequence: 1 }, nowMs)).toBeNull();
	});
});
