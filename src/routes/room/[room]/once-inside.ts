/** What joining does not need. One file, fetched when the call starts, so that a later click or fault needs no network for it. */
export { default as ChatPanel } from '$lib/components/chat/ChatPanel.svelte';
export { default as LeaveDialog } from '$lib/components/call/LeaveDialog.svelte';
export { default as MediaProblems } from '$lib/components/devices/MediaProblems.svelte';
export { authorWords, noAuthors, withPresent, type Authors } from '$lib/components/chat/chat-authors';
export { createCallKeys } from '$lib/components/call/call-keys';
export {
	createCallNotices,
	type CallNotices,
	type NoticeSurroundings,
	type ShownNotice,
} from '$lib/components/call/call-notices';
export { ownQualityWords } from '$lib/words/own-call-words';
export { createBrowserHistory } from '$lib/system/browser-history';
export { createBrowserSystem } from '$lib/system/browser-system';
export { followCall, type CallCompanion } from '$lib/system/follow-call';
export { createLeaveGuard, type LeaveGuard } from '$lib/system/leave-guard';
