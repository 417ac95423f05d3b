/**
 * Connects the call with the system around it: screen, headset, icon, vibration, and the small window with the call in it. Must be called while a
 * component is being created. Works once `once-inside.ts` is loaded.
 */
import { untrack } from 'svelte';
import type { Call } from '$lib/call/call-api';
import type { CallSnapshot } from '$lib/call/snapshot';
import type { MissingParts } from '$lib/components/app/missing-parts';
import type { Toasts } from '$lib/stores/toasts.svelte';
import { say, withWords } from '$lib/words/say';
import type { LateInside } from './late-inside.svelte';
import type { CallCompanion } from './once-inside';

export interface CompanionOptions {
	call: Call;
	inside: Pick<LateInside, 'parts'>;
	missing: Pick<MissingParts, 'miss'>;
	toasts: Pick<Toasts, 'show'>;
	snapshot(): CallSnapshot;
	/** The number of messages that nobody has looked at yet. */
	unread(): number;
	/** Whether to vibrate when somebody comes; asked each time. */
	vibrates(): boolean;
	onmicrophone(): void;
	oncamera(): void;
}

export interface Companion {
	/** Whether the call is shown in a small window; `null` if that is impossible here or there is nothing to show. */
	readonly inPicture: boolean | null;
	/** A click that opens the small window may come soon. */
	preparePicture(): void;
	/** Must be called from a click. */
	togglePicture(): Promise<void>;
	/** Call this only when the screen says that somebody came, which it does not for each one separately. */
	somebodyCame(): void;
}

export function followWithCompanion({
	call,
	inside,
	missing,
	toasts,
	snapshot,
	unread,
	vibrates,
	onmicrophone,
	oncamera,
}: CompanionOptions): Companion {
	let companion = $state.raw<CallCompanion | null>(null);
	let pictureOpen = $state(false);
	const inPicture = $derived(companion?.inPicture(snapshot(), pictureOpen) ?? null);

	$effect(() => {
		if (!inside.parts) return;
		const { createBrowserSystem, followCall } = inside.parts;
		const following = untrack(() =>
			followCall(call, createBrowserSystem(), {
				picture: { fill: fillPicture, changed: (open) => (pictureOpen = open) },
				vibrates,
			}),
		);
		companion = following;
		return following.close;
	});
	$effect(() => companion?.showUnread(unread()));

	const loadPicture = () => withWords('problems', () => import('$lib/components/call/picture-window'));

	async function fillPicture(window: Window): Promise<() => void> {
		const part = await loadPicture().catch(() => null);
		if (!part) {
			missing.miss('part', 'picture', loadPicture);
			window.close();
			return () => {};
		}
		return part.fillPictureWindow(window, snapshot().room, {
			get snapshot() {
				return snapshot();
			},
			onmicrophone,
			oncamera,
			onleave: () => call.room.leave(),
		});
	}

	return {
		get inPicture() {
			return inPicture;
		},
		preparePicture() {
			companion?.picture.prepare();
		},
		async togglePicture() {
			if (!companion) return;
			if (pictureOpen) return companion.picture.exit();
			try {
				await companion.picture.enter();
			} catch {
				toasts.show(say('pictureRefused'));
			}
		},
		somebodyCame() {
			companion?.somebodyCame();
		},
	};
}
