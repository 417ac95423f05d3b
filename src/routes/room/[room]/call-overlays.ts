/** What can open over a call. Each is loaded when it is first asked for, so that nobody waits for it before the call. */
import type { Component } from 'svelte';
import { withWords } from '$lib/words/say';

export type Overlay =
	| { kind: 'invite'; component: Component<{ link: string; onclose: () => void }> }
	| { kind: 'name'; component: typeof import('$lib/components/call/NameDialog.svelte').default }
	| { kind: 'shortcuts'; component: Component<{ onclose: () => void }> }
	| { kind: 'connection'; component: typeof import('$lib/components/call/ConnectionDialog.svelte').default }
	| { kind: 'security'; component: typeof import('$lib/components/call/SecurityDialog.svelte').default }
	| { kind: 'more'; component: typeof import('$lib/components/call/MoreMenu.svelte').default };

export async function loadOverlay(kind: Overlay['kind']): Promise<Overlay> {
	switch (kind) {
		case 'invite':
			return {
				kind,
				component: (await withWords('inside', () => import('$lib/components/call/InviteDialog.svelte')))
					.default,
			};
		case 'name':
			return {
				kind,
				component: (await withWords('inside', () => import('$lib/components/call/NameDialog.svelte')))
					.default,
			};
		case 'shortcuts':
			return {
				kind,
				component: (await withWords('shortcuts', () => import('$lib/components/call/ShortcutsDialog.svelte')))
					.default,
			};
		case 'connection':
			return {
				kind,
				component: (await withWords('inside', () => import('$lib/components/call/ConnectionDialog.svelte')))
					.default,
			};
		case 'security':
			return {
				kind,
				component: (await withWords('inside', () => import('$lib/components/call/SecurityDialog.svelte')))
					.default,
			};
		case 'more':
			return {
				kind,
				component: (await withWords('inside', () => import('$lib/components/call/MoreMenu.svelte'))).default,
			};
	}
}
