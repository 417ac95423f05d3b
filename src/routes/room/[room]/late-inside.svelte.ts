/** Loads `once-inside.ts` when the call starts. Must be called while a component is being created. A failure is reported, and it is tried again. */
import { onMount } from 'svelte';
import type { MissingParts } from '$lib/components/app/missing-parts';
import { withWords } from '$lib/words/say';

export type Inside = typeof import('./once-inside');

export interface LateInside {
	/** `null` until it is loaded. */
	readonly parts: Inside | null;
	/** Rejects if it can't be loaded. */
	load(): Promise<void>;
	/** Loads it if it is not there yet, and reports a failure. */
	tryAgain(): void;
}

export function loadOnceInside(missing: Pick<MissingParts, 'miss' | 'found'>): LateInside {
	let parts = $state.raw<Inside | null>(null);

	async function load(): Promise<void> {
		parts ??= await withWords(['inside', 'problems'], () => import('./once-inside'));
		missing.found('chat', 'panel');
	}

	function tryAgain(): void {
		load().catch(() => missing.miss('chat', 'panel', load));
	}

	onMount(tryAgain);

	return {
		get parts() {
			return parts;
		},
		load,
		tryAgain,
	};
}
