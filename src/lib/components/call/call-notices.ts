/** Tells people what happened in a call: what concerns them at once, what the others do merged into few lines. Loaded once somebody is inside. */
import { createNoticeDigest } from '../../call/room/notice-digest';
import { isOthersNotice, type OthersNotice } from '../../call/room/others-notice';
import type { CallNotice } from '../../call/snapshot';
import type { ChatEntry } from '../../call/chat/chat-state';
import type { Clock } from '../../platform/platform';
import type { Toasts } from '../../stores/toasts.svelte';
import { noticeLineWords } from '../../words/notice-lines';
import { createPeopleSound, type PeopleSound } from './people-sound';
import { noticeWords, type ChatLoading } from '../../words/own-call-words';
import { say } from '../../words/say';

export interface CallNotices {
	handle(notice: ShownNotice): void;
	/** The person has seen the new messages that were still waiting to be announced. */
	forgetMessages(): void;
	close(): void;
}

export type ShownNotice = Exclude<CallNotice, ChatLoading>;

export interface NoticeSurroundings {
	/** The displayed name of a message's author. */
	authorOf(entry: ChatEntry): string;
	isChatOpen(): boolean;
	openChat(): void;
	openMore(): void;
	/** Called when a line says that somebody has joined. */
	somebodyCame(): void;
	/** The speaker to play a sound on, or `null` if this sound is turned off. */
	soundOn(occasion: 'returnSound' | 'peopleSound'): { speaker: string | null } | null;
}

export function createCallNotices(
	clock: Pick<Clock, 'now' | 'after'>,
	toasts: Pick<Toasts, 'show' | 'settle'>,
	around: NoticeSurroundings,
): CallNotices {
	const soundOf = createPeopleSound(clock);
	let isPlaying = false;
	const digest = createNoticeDigest(clock, (line) => {
		const action = line.type === 'message' ? { name: say('reply'), run: around.openChat } : null;
		if (line.type === 'joined') around.somebodyCame();
		const sound = soundOf(line);
		if (sound) void play(sound, 'peopleSound');
		toasts.show(noticeLineWords(line), { action });
	});

	function handleOthers(notice: OthersNotice): void {
		if (notice.type !== 'message') return digest.handle(notice);
		const { type, entry } = notice;
		if (around.isChatOpen() || entry.mine) return;
		digest.handle({ type, entry: { ...entry, authorName: around.authorOf(entry) } });
	}

	async function play(
		chime: 'back' | PeopleSound,
		occasion: Parameters<typeof around.soundOn>[0],
	): Promise<void> {
		const on = around.soundOn(occasion);
		// The last sound may still be waiting to play, or never play at all. Then no other is tried.
		if (!on || isPlaying) return;
		isPlaying = true;
		try {
			const { playChime } = await import('./chime');
			await playChime(chime, on.speaker);
		} catch {
			// The line on the screen has said it already.
		}
		isPlaying = false;
	}

	return {
		handle(notice) {
			if (isOthersNotice(notice)) return handleOthers(notice);
			switch (notice.type) {
				case 'device-unavailable':
					toasts.show(noticeWords(notice), {
						tone: 'alert',
						about: `device ${notice.kind}`,
						action: { name: say('chooseAnother'), run: around.openMore },
					});
					break;
				case 'device-available':
					toasts.settle(`device ${notice.kind}`);
					break;
				case 'screen-unavailable':
					toasts.show(noticeWords(notice), { tone: 'alert', about: 'screen' });
					break;
				case 'capture-restored':
					toasts.show(noticeWords(notice));
					void play('back', 'returnSound');
					break;
				case 'signaling-lost':
					// The screen shows this from the snapshot, for as long as it lasts.
					break;
				default:
					toasts.show(noticeWords(notice));
			}
		},
		forgetMessages: () => digest.forget('message'),
		close: digest.close,
	};
}
