/** Asks before a step back or a link ends the call. Must be called while a component is being created. Works once `once-inside.ts` is loaded. */
import { untrack } from 'svelte';
import type { LateInside } from './late-inside.svelte';
import type { LeaveGuard } from './once-inside';

export interface LeaveQuestionOptions {
	inside: Pick<LateInside, 'parts'>;
	/** The room's current address, secret included. */
	address(): string;
	/** Closes what is open over the call; false when nothing is. */
	closePanel(): boolean;
	/** Called with the guard, for whoever handles routing, and with `null` when it is gone again. */
	onguard(guard: LeaveGuard | null): void;
}

export interface LeaveQuestion {
	readonly isAsked: boolean;
	stay(): void;
}

export function askBeforeLeaving({
	inside,
	address,
	closePanel,
	onguard,
}: LeaveQuestionOptions): LeaveQuestion {
	let isAsked = $state(false);
	let guard = $state.raw<LeaveGuard | null>(null);

	$effect(() => {
		if (!inside.parts) return;
		const { createBrowserHistory, createLeaveGuard } = inside.parts;
		const made = untrack(() =>
			createLeaveGuard({
				history: createBrowserHistory(window),
				address,
				closePanel,
				ask: (asking) => (isAsked = asking),
			}),
		);
		guard = made;
		onguard(made);
		return () => {
			onguard(null);
			made.close();
		};
	});
	$effect(() => {
		if (address()) guard?.moved();
	});

	return {
		get isAsked() {
			return isAsked;
		},
		stay() {
			guard?.stay();
		},
	};
}
