/** The text of a field that shows what is remembered until the person types something. */
import { untrack } from 'svelte';

export interface FollowedText {
	value: string;
}

/** Must be called while a component is being created. A new value of `given` is shown unless the text has been edited since. */
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
