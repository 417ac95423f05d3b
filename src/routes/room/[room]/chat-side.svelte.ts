/**
 * The chat of a call on this screen: whether it is open, how many messages nobody has looked at yet, and the names of the authors. Must be called
 * while a component is being created. The chat opens once `once-inside.ts` is loaded.
 */
import { untrack } from 'svelte';
import { countUnread } from '$lib/call/chat/kept-chat';
import type { CallSnapshot } from '$lib/call/snapshot';
import type { KeptChatStore } from '$lib/stores/kept-chat.svelte';
import type { LateInside } from './late-inside.svelte';
import type { Authors } from './once-inside';

export interface ChatSideOptions {
	inside: LateInside;
	kept: Pick<KeptChatStore, 'read' | 'markRead'>;
	snapshot(): CallSnapshot;
	/** What arrives while the page is not visible is unread, even if the chat is open. */
	pageVisible(): boolean;
	/** Called when the chat has been opened or closed. */
	ontoggled(open: boolean): void;
}

export interface ChatSide {
	readonly isOpen: boolean;
	readonly unread: number;
	/** `null` before it can be opened. */
	readonly authors: Authors | null;
	toggle(): void;
}

export function createChatSide({
	inside,
	kept,
	snapshot,
	pageVisible,
	ontoggled,
}: ChatSideOptions): ChatSide {
	let isOpen = $state(false);
	let authors = $state.raw<Authors | null>(null);
	const reading = $derived(isOpen && pageVisible());
	const unread = $derived(reading ? 0 : countUnread(kept.read, snapshot().chat.entries));

	$effect(() => {
		if (reading) kept.markRead(snapshot().chat.entries);
	});
	$effect(() => {
		if (!inside.parts) return;
		const { noAuthors, withPresent } = inside.parts;
		authors = withPresent(untrack(() => authors) ?? noAuthors, snapshot().participants);
	});

	function toggle(): void {
		if (!inside.parts) return void inside.load().then(toggle, inside.tryAgain);
		isOpen = !isOpen;
		ontoggled(isOpen);
	}

	return {
		get isOpen() {
			return isOpen;
		},
		get unread() {
			return unread;
		},
		get authors() {
			return authors;
		},
		toggle,
	};
}
