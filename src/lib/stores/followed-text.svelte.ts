/** The text of a field that shows what is remembered, and is the person's own from their first letter on. */
import { untrack } from 'svelte';

export interface FollowedText {
	value: string;
}

/** For the making of a component. What is given anew is shown unless the text has been edited since. */
export function followText(given: () => string): FollowedText {
	let last = untrack(given);
	let value = $state(last);
	$effect(() => {
		const next = given();
		if (untrack(() => value) === last) value = next;
		last = next;
	});
	return {
		get value() {
			return value;
		},
		set value(next) {
			value = next;
		},
	};
}
