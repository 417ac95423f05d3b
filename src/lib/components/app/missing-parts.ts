/**
 * Parts of the app that could not be loaded in a call: says so once, and why, goes on trying, and takes back what it said when a later try
 * succeeds. Here from the beginning, since it is for when nothing more arrives.
 */
import { createLatePart, type LatePart } from '../../platform/late-part';
import type { Clock } from '../../platform/platform';
import type { Toasts } from '../../stores/toasts.svelte';
import { say } from '../../words/say';

/** What is missed together is told of together. */
type Matter = 'chat' | 'part';

export interface MissingParts {
	/** `load`: how it is tried again; absent where whoever misses it does that. */
	miss(matter: Matter, part: string, load?: () => Promise<unknown>): void;
	found(matter: Matter, part: string): void;
	close(): void;
}

export function createMissingParts({
	clock,
	toasts,
	isReplaced,
}: {
	clock: Pick<Clock, 'after'>;
	toasts: Pick<Toasts, 'show' | 'settle'>;
	/** Whether the server has another version by now: what is missing of this one will not come. */
	isReplaced(): Promise<boolean>;
}): MissingParts {
	const missing = { chat: new Map<string, LatePart | null>(), part: new Map<string, LatePart | null>() };

	async function tell(matter: Matter): Promise<void> {
		const replaced = await isReplaced();
		if (missing[matter].size > 0)
			toasts.show(missingWords(matter, replaced), { tone: 'alert', about: `missing ${matter}` });
	}

	function found(matter: Matter, part: string): void {
		missing[matter].get(part)?.close();
		if (missing[matter].delete(part) && missing[matter].size === 0) toasts.settle(`missing ${matter}`);
	}

	return {
		miss(matter, part, load) {
			if (!missing[matter].has(part)) {
				const late = load && createLatePart({ clock, load, loaded: () => found(matter, part) });
				missing[matter].set(part, late ?? null);
				void late?.load();
			}
			void tell(matter);
		},
		found,
		close() {
			for (const parts of Object.values(missing)) {
				for (const late of parts.values()) late?.close();
				parts.clear();
			}
		},
	};
}

export function missingWords(matter: Matter, replaced: boolean): string {
	if (matter === 'chat') return say(replaced ? 'chatMissingReplaced' : 'chatMissing');
	return say(replaced ? 'partMissingReplaced' : 'partMissing');
}
