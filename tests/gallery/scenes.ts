/** The states worth looking at, by name. Each is a snapshot, and what happens a moment later. */
import { goodQuality } from '../../src/lib/call/quality/quality';
import type { CallSnapshot } from '../../src/lib/call/snapshot';
import type { ChatEntry } from '../../src/lib/call/chat/chat-state';
import type { MediaFailureCode } from '../../src/lib/call/media/media-state';
import type { ParticipantSnapshot } from '../../src/lib/call/room/room-state';
import type { SignalingObstacle } from '../../src/lib/call/signaling/signaling';
import { off, on, type FakeCall } from './fake-call';
import { say } from '../../src/lib/words/say';
import { fakeCamera, fakePerson, fakeScreen } from './people';

export interface Scene {
	snapshot: CallSnapshot;
	/** Of the whole page, as in a language that is written from right to left. */
	direction?: 'rtl';
	/** Pressed by its accessible name once the page is there. */
	press?: string;
	then?: (call: FakeCall) => void;
	/** The server has a newer version. */
	outdated?: boolean;
}

const link = 'https://parley.example/room/maple-otter-cloud-river-217#q7Yw2mXKp4sVb9LhTzE0dA';

export function roomLinkOfGallery(): string {
	return link;
}

function base(): CallSnapshot {
	return {
		phase: 'lobby',
		room: 'maple-otter-cloud-river-217',
		secret: 'AAECAwQFBgcICQoLDA0ODw',
		signaling: 'connected',
		obstacle: null,
		lobby: { count: 3, limit: 12 },
		failure: null,
		self: {
			...{ id: null, name: 'Grace', label: 'Grace' },
			publications: { microphone: true, camera: true, screen: false },
			...{ handRaisedAt: null, speaking: false },
		},
		media: {
			microphone: on,
			camera: on,
			screen: off,
			devices: {
				microphone: [
					{ id: 'm1', label: 'Built-in Microphone' },
					{ id: 'm2', label: 'Jabra Evolve2 65 Mono (0b0e:0e34)' },
				],
				camera: [{ id: 'c1', label: 'FaceTime HD Camera' }],
				speaker: [
					{ id: 's1', label: 'Built-in Speakers' },
					{ id: 's2', label: 'Jabra Evolve2 65 Mono (0b0e:0e34)' },
				],
			},
			chosen: { microphone: 'm2', camera: 'c1', speaker: null },
			cameraFacing: null,
			cameraStream: fakeCamera(1),
			screenStream: null,
			canShareScreen: true,
		},
		participants: [],
		ownQuality: goodQuality,
		dataSaver: null,
		chat: { entries: [], forked: 0, unreadable: 0, sealed: true },
	};
}

function failing(code: MediaFailureCode) {
	return { wanted: true, state: 'failed' as const, failure: { code, mendsItself: false } };
}

function lobbyWith(media: Partial<CallSnapshot['media']>, rest: Partial<CallSnapshot> = {}): Scene {
	const snapshot = base();
	return { snapshot: { ...snapshot, ...rest, media: { ...snapshot.media, ...media } } };
}

function callOf(
	count: number,
	change: (people: ParticipantSnapshot[]) => void = () => undefined,
): CallSnapshot {
	const participants = Array.from({ length: count - 1 }, (_, index) => fakePerson(index));
	change(participants);
	return { ...base(), phase: 'in-call', self: { ...base().self, id: 'self-id' }, participants };
}

function amend(people: ParticipantSnapshot[], index: number, part: Partial<ParticipantSnapshot>): void {
	const person = people[index];
	if (person) people[index] = { ...person, ...part };
}

function sharing(people: ParticipantSnapshot[]): void {
	const first = people[0];
	if (!first) return;
	people[0] = { ...first, publications: { ...first.publications, screen: true }, screenStream: fakeScreen() };
}

function conversation(): ChatEntry[] {
	const said: [number, string][] = [
		[0, 'Morning! Can everybody hear me?'],
		[-1, 'Loud and clear'],
		[2, 'Yes'],
		[2, 'The agenda is at https://example.org/notes/2026-11-20?view=all, have a look before we begin.'],
		[0, 'Thank you.\n\n1. Numbers\n2. Plans\n3. Anything else'],
		[1, '<b>not bold</b> & never markup'],
		[
			-1,
			'I will take the second point. There is a longer text behind it that wraps over several lines, as texts do when somebody has a lot to say and little time to say it shorter.',
		],
		[4, '👍'],
		[0, 'Averyveryverylongwordthatnobodywouldeverwritebutsomebodypastesanywaybecausetheycanandwill'],
		[-1, 'On it'],
	];
	const begin = Date.UTC(2026, 10, 20, 9, 1);
	return said.map(([author, text], index) => ({
		id: `message-${index}`,
		stream: author < 0 ? 'self-id' : `page-load-${author}`,
		authorName: author < 0 ? 'Grace' : fakePerson(author, { cameraStream: null }).name,
		mine: author < 0,
		text,
		...{ sentAt: begin + index * 80_000, shownAt: begin + index * 80_000 },
		state: index === said.length - 1 ? 'waiting' : 'sent',
	}));
}

/** Marks stacked on one letter, as high as several lines. */
const stacked = `Z${'\u0300\u0321'.repeat(60)}a${'\u0316\u033f'.repeat(60)}lgo`;

/** In many scripts, and what would take more room than its own. */
function manyScripts(): ChatEntry[] {
	const said: [number, string][] = [
		[0, 'שלום לכולם! הקישור: https://example.org/notes/2026?view=all תודה'],
		[-1, 'مرحبا، هل تسمعونني؟\nYes, I do.\nנשמע טוב'],
		[1, '请看https://example.org/路径。还有「https://example.org/b」，谢谢'],
		[2, stacked.repeat(3)],
		[2, 'What stands under it is read'],
		[-1, '\n'.repeat(1_499) + 'the end'],
		[0, `${'👩‍👩‍👧'.repeat(120)}`],
		[1, 'ภาษาไทยไม่เว้นวรรคระหว่างคำแต่ก็ต้องขึ้นบรรทัดใหม่ได้เมื่อถึงขอบของกล่องข้อความ'],
		[0, 'x'.repeat(1_400)],
		[-1, `(https://example.org/${'a/'.repeat(120)})`],
	];
	const begin = Date.UTC(2026, 10, 20, 23, 54);
	return said.map(([author, text], index) => ({
		id: `message-${index}`,
		stream: author < 0 ? 'self-id' : `page-load-${author}`,
		authorName: 'Grace',
		mine: author < 0,
		text,
		...{ sentAt: begin + index * 80_000, shownAt: begin + index * 80_000 },
		state: index === said.length - 1 ? 'waiting' : 'sent',
	}));
}

function callOfManyScripts(): CallSnapshot {
	const names = [
		'עדה לבלייס',
		'Ḏ̈̌̂i̤̬̰̓r̤̬̰̓k̤̬̰̓',
		'山田太郎さんの長い名前はここでは切られます',
		'مُحَمَّد بن عبد الله بن الحسين الطويل الاسم',
	];
	const snapshot = callOf(5, (people) =>
		names.forEach((name, index) => amend(people, index, { name, label: index === 3 ? `${name} (2)` : name })),
	);
	return {
		...snapshot,
		room: 'اجتماع-الفريق',
		self: { ...snapshot.self, label: 'Grace (2)' },
		chat: { ...snapshot.chat, entries: manyScripts() },
	};
}

const noop = () => undefined;

/** By the menu, as a person does. */
function openFromMenu(name: string): void {
	document.querySelector<HTMLElement>(`[role="toolbar"] [aria-label="${say('moreOptions')}"]`)?.click();
	whenThere(
		'[role="menuitem"]',
		(item) => item.click(),
		({ textContent }) => textContent.trim() === name,
	);
}

/** As soon as something is on the page that is loaded on demand. */
function whenThere(
	selector: string,
	act: (element: HTMLElement) => void,
	isMeant: (element: HTMLElement) => boolean = () => true,
): void {
	const watcher = new MutationObserver(() => {
		const element = [...document.querySelectorAll<HTMLElement>(selector)].find(isMeant);
		if (!element) return;
		watcher.disconnect();
		act(element);
	});
	watcher.observe(document.body, { childList: true, subtree: true });
}

/** Once the call stands on its own entry. */
function stepBack(): void {
	const timer = setInterval(() => {
		if ((history.state as { parleyPlace?: string } | null)?.parleyPlace !== 'call') return;
		clearInterval(timer);
		history.back();
	}, 20);
}

/** In a browser that lets nobody copy. */
function copyWithout(name: string): void {
	Object.defineProperty(navigator, 'clipboard', { value: undefined });
	const timer = setInterval(() => {
		const button = [...document.querySelectorAll('button')].find(
			({ textContent }) => textContent.trim() === name,
		);
		if (!button) return;
		clearInterval(timer);
		button.click();
	}, 20);
}

const obstacles: Record<SignalingObstacle, true> = {
	'origin-refused': true,
	blocked: true,
	intercepted: true,
	buffered: true,
};

function obstacleIn(name: string): SignalingObstacle | undefined {
	return (Object.keys(obstacles) as SignalingObstacle[]).find((obstacle) => name.endsWith(obstacle));
}

/** `call-5` is five people, `lobby-blocked` and `call-blocked` are behind that obstacle; the others are named below. */
export function sceneNamed(name: string): Scene {
	const obstacle = obstacleIn(name);
	if (obstacle) {
		const snapshot = name.startsWith('call-') ? callOf(4) : base();
		return { snapshot: { ...snapshot, signaling: 'reconnecting', obstacle } };
	}
	const [, count] = /^call-(\d+)$/.exec(name) ?? [];
	if (count) {
		return {
			snapshot: callOf(Number(count), (people) => {
				amend(people, 0, { speaking: true });
				amend(people, 2, { handRaisedAt: 1 });
			}),
		};
	}
	switch (name) {
		case 'lobby':
			return { snapshot: base() };
		case 'lobby-first':
			return lobbyWith(
				{ camera: off, microphone: off, cameraStream: null },
				{ lobby: { count: 0, limit: 12 } },
			);
		case 'lobby-denied':
			return lobbyWith({ camera: failing('denied'), microphone: failing('denied'), cameraStream: null });
		case 'lobby-busy':
			return lobbyWith({ camera: failing('busy'), cameraStream: null });
		case 'lobby-starting': {
			const starting = { wanted: true, state: 'starting' as const, failure: null };
			return lobbyWith({ camera: starting, microphone: starting, cameraStream: null });
		}
		case 'lobby-asking':
			return lobbyWith({ camera: failing('asking'), microphone: failing('asking'), cameraStream: null });
		case 'lobby-no-answer':
			return lobbyWith({ camera: failing('no-answer'), cameraStream: null });
		case 'call-no-answer': {
			const snapshot = callOf(4);
			const media = { ...snapshot.media, camera: failing('no-answer'), cameraStream: null };
			return { snapshot: { ...snapshot, media } };
		}
		case 'lobby-joining':
			return lobbyWith({}, { phase: 'joining' });
		case 'lobby-full':
			return lobbyWith({}, { lobby: { count: 12, limit: 12 }, failure: { code: 'room-full', limit: 12 } });
		case 'lobby-waiting':
			return lobbyWith({}, { phase: 'waiting-for-seat', lobby: { count: 12, limit: 12 } });
		case 'interrupted':
			return {
				snapshot: callOf(5, (people) => {
					const off = { microphone: false, camera: false, screen: false };
					const call = { microphone: true, camera: false, background: false };
					amend(people, 0, { interruption: call });
					amend(people, 1, {
						...{ interruption: { ...call, camera: true, background: true } },
						...{ publications: off, cameraStream: null },
					});
					amend(people, 2, {
						...{ interruption: { ...call, camera: true } },
						...{ publications: off, cameraStream: null },
					});
				}),
			};
		case 'states':
			return {
				snapshot: callOf(5, (people) => {
					amend(people, 0, { connection: 'failed' });
					amend(people, 1, { connection: 'reconnecting' });
					amend(people, 2, { connection: 'connecting', cameraStream: null });
				}),
			};
		case 'screen':
			return { snapshot: callOf(5, sharing) };
		case 'screen-12':
			return { snapshot: callOf(12, sharing) };
		case 'screen-own': {
			const snapshot = callOf(3);
			return {
				snapshot: { ...snapshot, media: { ...snapshot.media, screen: on, screenStream: fakeScreen() } },
			};
		}
		case 'chat':
		case 'chat-empty': {
			const snapshot = callOf(4);
			const entries = name === 'chat' ? conversation() : [];
			return { snapshot: { ...snapshot, chat: { ...snapshot.chat, entries } }, press: say('chat') };
		}
		case 'notices': {
			const snapshot = callOf(4);
			const entry = conversation()[3] as ChatEntry;
			return {
				snapshot: {
					...snapshot,
					signaling: 'reconnecting',
					media: { ...snapshot.media, microphone: failing('lost') },
					chat: { ...snapshot.chat, entries: conversation() },
				},
				then(call) {
					call.notify({ type: 'joined', id: 'x', name: 'Ada Lovelace' });
					call.notify({ type: 'message', entry });
				},
			};
		}
		case 'scripts':
		case 'scripts-rtl':
			return {
				snapshot: callOfManyScripts(),
				press: say('chat'),
				...(name === 'scripts-rtl' ? { direction: 'rtl' } : {}),
				then: () => whenThere('[role="log"]', (log) => setTimeout(() => log.scrollTo({ top: 0 }), 100)),
			};
		case 'scripts-notices':
		case 'scripts-notices-rtl': {
			const snapshot = callOfManyScripts();
			return {
				snapshot: { ...snapshot, media: { ...snapshot.media, microphone: failing('lost') } },
				...(name === 'scripts-notices-rtl' ? { direction: 'rtl' } : {}),
				then(call) {
					call.notify({ type: 'joined', id: 'x', name: 'עדה לבלייס' });
					call.notify({ type: 'message', entry: manyScripts()[3] as ChatEntry });
					call.notify({ type: 'device-lost', kind: 'microphone', label: 'מיקרופון (Jabra) '.repeat(6) });
				},
			};
		}
		case 'quality':
		case 'connection': {
			const own = { receiving: 'good', sending: 'poor', cause: 'loss-sending' } as const;
			const snapshot = callOf(5, (people) => {
				amend(people, 0, { quality: { receiving: 'poor', sending: 'poor', cause: 'low-bandwidth' } });
				amend(people, 1, { quality: own });
				amend(people, 2, { quality: { receiving: 'lost', sending: 'good', cause: 'nothing-received' } });
			});
			return {
				snapshot: { ...snapshot, ownQuality: own },
				then: name === 'connection' ? () => openFromMenu(say('connection')) : noop,
			};
		}
		case 'lobby-no-secret':
			return lobbyWith({}, { chat: { entries: [], forked: 0, unreadable: 0, sealed: false } });
		case 'names': {
			const snapshot = callOf(5, (people) => {
				amend(people, 0, { name: 'Grace', label: 'Grace' });
				amend(people, 1, { label: 'Ada Lovelace (2)', name: 'Ada Lovelace' });
				amend(people, 2, {
					name: 'Maximiliana Featherstonehaugh-Cholmondeley',
					label: 'Maximiliana Featherstonehaugh-Cholmondeley (3)',
				});
				amend(people, 3, { name: 'Bob (you)', label: 'Bob' });
			});
			return { snapshot: { ...snapshot, self: { ...snapshot.self, label: 'Grace (2)' } } };
		}
		case 'unproven':
			return {
				snapshot: callOf(5, (people) => {
					const refused = { connection: 'failed', pathFailure: 'unproven', cameraStream: null } as const;
					amend(people, 0, refused);
					amend(people, 2, refused);
				}),
			};
		case 'security':
		case 'security-no-secret': {
			const snapshot = callOf(4, (people) => amend(people, 2, { connection: 'reconnecting' }));
			const sealed = name === 'security';
			return {
				snapshot: { ...snapshot, chat: { ...snapshot.chat, sealed } },
				then: () => openFromMenu(say('security')),
			};
		}
		case 'invite':
			return { snapshot: callOf(2), press: say('invite') };
		case 'invite-notices':
			return {
				snapshot: { ...callOf(4), signaling: 'reconnecting', obstacle: 'buffered' },
				press: say('invite'),
				then(call) {
					call.notify({ type: 'device-unavailable', kind: 'camera', label: 'FaceTime HD Camera' });
					call.notify({ type: 'joined', id: 'x', name: 'Ada Lovelace' });
				},
			};
		case 'leave':
			return { snapshot: callOf(3), then: stepBack };
		case 'copy-refused':
			return { snapshot: callOf(1), then: () => copyWithout(say('copyLink')) };
		case 'invite-refused':
			return { snapshot: callOf(2), press: say('invite'), then: () => copyWithout(say('copyLink')) };
		case 'more':
			return { snapshot: callOf(3), press: say('moreOptions') };
		case 'shortcuts':
			return {
				snapshot: callOf(3),
				then: () => window.dispatchEvent(new KeyboardEvent('keydown', { key: '?' })),
			};
		case 'ended':
			return { snapshot: { ...base(), phase: 'ended' } };
		case 'ended-outdated':
			return { snapshot: { ...base(), phase: 'ended' }, outdated: true };
		case 'ended-taken-over':
			return { snapshot: { ...base(), phase: 'ended', failure: { code: 'taken-over' } } };
		default:
			throw new Error(`no scene is called ${name}`);
	}
}
