/** Loads `once-inside.ts` when the call is there, for the making of a component. What does not come is told of, and tried again. */
import { onMount } from 'svelte';
import type { MissingParts } from '$lib/components/app/missing-parts';
import { withWords } from '$lib/words/say';

export type Inside = typeof import('./once-inside');

export interface LateInside {
	/** `null` until it has come. */
	readonly parts: Inside | null;
	/** Rejects where it does not come. */
	load(): Promise<void>;
	/** Loads what is not there yet; a failure is told of. */
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
