/** Tells what happened in a call: what it means for oneself at once, what the others do merged. Loaded once somebody is inside. */
import { createNoticeDigest } from '../call/notice-digest';
import type { CallNotice, ChatEntry, ParticipantSnapshot } from '../call/snapshot';
import type { Clock } from '../call/platform';
import type { Toasts } from '../stores/toasts.svelte';
import { noticeLineWords } from './notice-lines';
import { noticeWords } from './own-call-words';

export interface CallNotices {
	handle(notice: ShownNotice): void;
	/** New messages that are still to be told of have been seen. */
	forgetMessages(): void;
	close(): void;
}

/** The other one is told where this could not be loaded either. */
export type ShownNotice = Exclude<CallNotice, { type: 'chat-not-loaded' }>;

export function createCallNotices(
	clock: Pick<Clock, 'now' | 'after'>,
	toasts: Pick<Toasts, 'show'>,
	around: {
		participants(): readonly Pick<ParticipantSnapshot, 'incarnation' | 'label'>[];
		isChatOpen(): boolean;
		openChat(): void;
		openMore(): void;
		/** Somebody's coming is told. */
		somebodyCame(): void;
		/** The speaker to play a sound on, or `null` where none is wanted. */
		returnSoundOn(): { speaker: string | null } | null;
	},
): CallNotices {
	const digest = createNoticeDigest(clock, (line) => {
		const action = line.type === 'message' ? { name: 'Reply', run: around.openChat } : null;
		if (line.type === 'joined') around.somebodyCame();
		toasts.show(noticeLineWords(line), { action });
	});

	/** By the name on the author's tile, while they are here. */
	function withLabel(entry: ChatEntry): ChatEntry {
		const author = around.participants().find(({ incarnation }) => incarnation === entry.stream);
		return { ...entry, authorName: author?.label ?? entry.authorName };
	}

	async function playReturnSound(): Promise<void> {
		const on = around.returnSoundOn();
		if (!on) return;
		try {
			const { playChime } = await import('./chime');
			await playChime(on.speaker);
		} catch {
			// The line has told it already.
		}
	}

	return {
		handle(notice) {
			switch (notice.type) {
				case 'joined':
				case 'left':
				case 'hand-raised':
				case 'screen-started':
				case 'screen-stopped':
					digest.handle(notice);
					break;
				case 'message':
					if (!around.isChatOpen() && !notice.entry.mine)
						digest.handle({ type: 'message', entry: withLabel(notice.entry) });
					break;
				case 'device-unavailable':
					toasts.show(noticeWords(notice), {
						tone: 'alert',
						action: { name: 'Choose another', run: around.openMore },
					});
					break;
				case 'capture-restored':
					toasts.show(noticeWords(notice));
					void playReturnSound();
					break;
				case 'signaling-lost':
					// Stands on the screen for as long as it lasts, from the snapshot.
					break;
				default:
					toasts.show(noticeWords(notice));
			}
		},
		forgetMessages: () => digest.forget('message'),
		close: digest.close,
	};
}
