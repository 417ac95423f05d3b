/**
 * Shows what happens in a call. Must be called while a component is being created. What happens before `once-inside.ts` is loaded is shown a
 * moment later.
 */
import { untrack } from 'svelte';
import type { Call } from '$lib/call/call-api';
import type { ChatEntry } from '$lib/call/chat/chat-state';
import type { CallNotice } from '$lib/call/snapshot';
import type { MissingParts } from '$lib/components/app/missing-parts';
import { createEarlyNotices } from '$lib/components/call/early-notices';
import { pageClock } from '$lib/stores/page-clock';
import type { Toasts } from '$lib/stores/toasts.svelte';
import type { LateInside } from './late-inside.svelte';
import type { Authors, CallNotices, NoticeSurroundings, ShownNotice } from './once-inside';

export interface ToldNoticesOptions extends Omit<NoticeSurroundings, 'authorOf'> {
	call: Pick<Call, 'onNotice'>;
	inside: Pick<LateInside, 'parts' | 'tryAgain'>;
	missing: Pick<MissingParts, 'miss' | 'found'>;
	toasts: Toasts;
	authors(): Authors | null;
}

export interface ToldNotices {
	handle(notice: CallNotice): void;
	/** The person has seen the new messages that were still waiting to be announced. */
	forgetMessages(): void;
}

export function tellNotices({
	call,
	inside,
	missing,
	toasts,
	authors,
	...around
}: ToldNoticesOptions): ToldNotices {
	const early = createEarlyNotices<ShownNotice>();
	let notices: CallNotices | null = null;

	$effect(() => call.onNotice(handle));
	$effect(() => {
		if (!inside.parts) return;
		const { authorWords, createCallNotices, noAuthors } = inside.parts;
		const made = createCallNotices(pageClock, toasts, {
			authorOf: (entry: ChatEntry) => authorWords(entry, authors() ?? noAuthors),
			...around,
		});
		notices = made;
		untrack(() => early.follow(made.handle));
		return made.close;
	});

	function handle(notice: CallNotice): void {
		if (notice.type === 'signaling-restored') inside.tryAgain();
		if (notice.type === 'chat-not-loaded') missing.miss('chat', 'messages');
		else if (notice.type === 'chat-loaded') missing.found('chat', 'messages');
		else early.handle(notice);
	}

	return {
		handle,
		forgetMessages() {
			notices?.forgetMessages();
		},
	};
}
