/**
 * Parts of the app that could not be loaded during a call. Says so once, with the reason, keeps trying, and withdraws the message when a later
 * try succeeds. Loaded from the beginning, because it is needed when nothing else can be.
 */
import { createLatePart, type LatePart } from '../../platform/late-part';
import type { Clock } from '../../platform/platform';
import type { Toasts } from '../../stores/toasts.svelte';
import { say } from '../../words/say';

/** What is missing is reported once for each of these, not once for each part. */
type Matter = 'chat' | 'part';

export interface MissingParts {
	/** `load` tries it again; absent if the caller does that itself. */
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
	/** Whether the server has another version by now, so that parts of this one will never come. */
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
