import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import type { ChatEntry } from '../../call/chat/chat-state';
import { Toasts } from '../../stores/toasts.svelte';
import { createCallNotices, type CallNotices } from './call-notices';

let clock: FakeClock;
let told: { text: string; tone: string; run: (() => void) | null }[];
let did: string[];
let isChatOpen: boolean;
let notices: CallNotices;

beforeEach(() => {
	clock = new FakeClock();
	told = [];
	did = [];
	isChatOpen = false;
	const toasts: Parameters<typeof createCallNotices>[1] = {
		show: (text, { tone = 'status', action = null } = {}) =>
			told.push({ text, tone, run: action?.run ?? null }),
		settle: (about) => did.push(`settled ${about}`),
	};
	notices = createCallNotices(clock, toasts, around);
});

const around: Parameters<typeof createCallNotices>[2] = {
	authorOf: ({ stream }) => (stream === 'page-of-bob' ? 'Bob (2)' : 'Bob (left)'),
	isChatOpen: () => isChatOpen,
	openChat: () => did.push('chat'),
	openMore: () => did.push('more'),
	somebodyCame: () => did.push('somebody came'),
	soundOn: (occasion) => {
		did.push(occasion);
		return null;
	},
};

const entry = (text: string, stream: string, mine = false): ChatEntry => ({
	...{ id: text, stream, authorName: 'Bob', mine, text },
	...{ sentAt: 0, shownAt: 0, state: 'sent' as const },
});
const texts = () => told.map(({ text }) => text);

it('tells who wrote by what they are called here, and offers to reply', async () => {
	notices.handle({ type: 'message', entry: entry('hello', 'page-of-bob') });
	await clock.advance(3_000);
	notices.handle({ type: 'message', entry: entry('bye', 'page-of-another') });
	await clock.advance(3_000);
	expect(texts()).toEqual(['Bob (2): hello', 'Bob (left): bye']);
	told[0]?.run?.();
	expect(did).toEqual(['chat']);
});

it('tells no message that was seen: one’s own, while the chat is open, or before it was told', async () => {
	notices.handle({ type: 'message', entry: entry('mine', 'page-of-me', true) });
	isChatOpen = true;
	notices.handle({ type: 'message', entry: entry('seen', 'page-of-bob') });
	isChatOpen = false;
	notices.handle({ type: 'message', entry: entry('about to be told', 'page-of-bob') });
	notices.forgetMessages();
	await clock.advance(10_000);
	expect(told).toEqual([]);
});

it('tells who comes, and the system of it', async () => {
	notices.handle({ type: 'joined', id: 'bob', name: 'Bob' });
	await clock.advance(3_000);
	expect(texts()).toEqual(['Bob joined']);
	expect(did).toEqual(['somebody came', 'peopleSound']);
});

it('tells of one’s own devices at once, and of a lost server nothing, which stands on the screen', () => {
	notices.handle({ type: 'signaling-lost' });
	notices.handle({ type: 'capture-restored', sources: ['microphone'] });
	notices.handle({ type: 'device-unavailable', kind: 'camera', label: 'Back camera' });
	expect(told).toHaveLength(2);
	expect(told[1]).toMatchObject({ tone: 'alert' });
	expect(told[1]?.text).toContain('Back camera');
	told[1]?.run?.();
	expect(did).toEqual(['returnSound', 'more']);
});

it('takes back what it told of a device once another of its kind works', () => {
	const toasts = new Toasts();
	const { handle } = createCallNotices(clock, toasts, around);
	const texts = () => toasts.items.map(({ text }) => text);
	handle({ type: 'device-unavailable', kind: 'camera', label: 'Back camera' });
	handle({ type: 'device-unavailable', kind: 'camera', label: 'Side camera' });
	handle({ type: 'device-unavailable', kind: 'microphone', label: '' });
	expect(texts()).toHaveLength(2);
	handle({ type: 'device-available', kind: 'camera' });
	expect(texts()).toEqual(['No signal from the default microphone. Still using the previous one.']);
	handle({ type: 'device-available', kind: 'microphone' });
	expect(texts()).toEqual([]);
});

it('tells why no screen could be shared: one is waited for, and nothing else shows it', () => {
	notices.handle({ type: 'screen-unavailable', code: 'denied-by-system' });
	notices.handle({ type: 'screen-unavailable', code: 'busy' });
	expect(told.map(({ tone }) => tone)).toEqual(['alert', 'alert']);
	expect(texts()[0]).toContain("system's privacy settings");
	expect(texts()[1]).toContain("couldn't be shared");
});

it('tells nothing any more once it is closed', async () => {
	notices.handle({ type: 'joined', id: 'bob', name: 'Bob' });
	notices.close();
	await clock.advance(10_000);
	expect(told).toEqual([]);
});
