/** A call that follows a script: commands change the snapshot as a real one would, and nothing leaves the page. */
import type { Call } from '../../src/lib/call/call-api';
import { ratesBetween, type PeerRates } from '../../src/lib/call/quality/rates';
import { readSample } from '../../src/lib/call/quality/stats';
import { publicationsOf } from '../../src/lib/call/room/announcement';
import type { CallNotice, CallSnapshot } from '../../src/lib/call/snapshot';
import type { LocalSource } from '../../src/lib/call/media/media-state';
import { limits } from '../../src/lib/protocol';
import { recorded } from '../support/recorded-stats';
import { fakeCamera, fakeScreen } from './people';

export const off: LocalSource = { wanted: false, state: 'off', failure: null };
export const on: LocalSource = { wanted: true, state: 'on', failure: null };

export interface FakeCall extends Call {
	change(part: Partial<CallSnapshot>): void;
	notify(notice: CallNotice): void;
}

export function createFakeCall(start: CallSnapshot): FakeCall {
	let snapshot = withOwnPublications(start);
	let messages = 0;
	const listeners = new Set<(snapshot: CallSnapshot) => void>();
	const noticeListeners = new Set<(notice: CallNotice) => void>();

	function change(part: Partial<CallSnapshot>): void {
		snapshot = withOwnPublications({ ...snapshot, ...part });
		for (const listener of listeners) listener(snapshot);
	}

	function changeMedia(part: Partial<CallSnapshot['media']>): void {
		change({ media: { ...snapshot.media, ...part } });
	}

	return {
		get snapshot() {
			return snapshot;
		},
		change,
		notify: (notice) => noticeListeners.forEach((listener) => listener(notice)),
		onSnapshot(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		onNotice(listener) {
			noticeListeners.add(listener);
			return () => void noticeListeners.delete(listener);
		},
		room: {
			join: (name) =>
				change({
					phase: 'in-call',
					failure: null,
					self: { ...snapshot.self, id: 'self-id', name, label: name },
				}),
			waitForSeat: () => change({ phase: 'waiting-for-seat', failure: null }),
			stopWaiting: () => change({ phase: 'lobby' }),
			leave: () => change({ phase: 'ended' }),
			reopen: () => change({ phase: 'lobby', failure: null }),
			setName: (name) => change({ self: { ...snapshot.self, name } }),
			setHand: (raised) => change({ self: { ...snapshot.self, handRaisedAt: raised ? Date.now() : null } }),
			replaceSecret: () => Promise.resolve(),
		},
		media: {
			setMicrophone: (wanted) => changeMedia({ microphone: wanted ? on : off }),
			setCamera: (wanted) =>
				changeMedia({ camera: wanted ? on : off, cameraStream: wanted ? fakeCamera(1) : null }),
			setScreen: (wanted) =>
				changeMedia({ screen: wanted ? on : off, screenStream: wanted ? fakeScreen() : null }),
			chooseDevice: (kind, id) => changeMedia({ chosen: { ...snapshot.media.chosen, [kind]: id } }),
			followDevices: () => undefined,
			flipCamera: () => undefined,
			retry: (source) => changeMedia({ [source]: on }),
			microphoneLevel: () =>
				snapshot.media.microphone.state === 'on' ? 0.06 + 0.05 * Math.sin(performance.now() / 180) : 0,
		},
		chat: {
			send(text) {
				const trimmed = text.trim();
				const max = limits.messageTextMax;
				if (trimmed === '') return { ok: false, code: 'empty', max };
				if (text.length > max) return { ok: false, code: 'too-long', max };
				const entry = {
					id: `mine-${messages++}`,
					stream: 'self-id',
					authorName: snapshot.self.name,
					mine: true,
					text: trimmed,
					...{ sentAt: Date.now(), shownAt: Date.now() },
					state: 'sent' as const,
				};
				change({ chat: { ...snapshot.chat, entries: [...snapshot.chat.entries, entry] } });
				return { ok: true };
			},
		},
		connections: {
			retry: (id) =>
				change({
					participants: snapshot.participants.map((participant) =>
						participant.id === id ? { ...participant, connection: 'connecting' } : participant,
					),
				}),
			safetyWords: (id) =>
				Promise.resolve(id.endsWith('1') ? null : ['before', 'mandate', 'enrich', 'elevator']),
			setAddressHidden: () => undefined,
		},
		quality: {
			watchNumbers(listener) {
				listener(
					new Map(
						snapshot.participants.flatMap(({ id, quality }, index) => {
							const rates = recordedRates(quality.cause === null ? 'good' : 'low-bandwidth');
							// The last one has just come.
							return rates && (index === 0 || index < snapshot.participants.length - 1) ? [[id, rates]] : [];
						}),
					),
				);
				return () => undefined;
			},
		},
		adaptation: {
			setShown: () => undefined,
			setDataSaver: (preference) => change({ dataSaver: preference === 'on' ? 'chosen' : null }),
		},
		dispose: () => listeners.clear(),
	};
}

/** What oneself is sending follows from the devices. */
function withOwnPublications(snapshot: CallSnapshot): CallSnapshot {
	return { ...snapshot, self: { ...snapshot.self, publications: publicationsOf(snapshot.media) } };
}

function recordedRates(name: Parameters<typeof recorded>[0]): PeerRates | null {
	const [before, after] = recorded(name).map(readSample);
	return before && after ? ratesBetween(before, after) : null;
}
