/**
 * Style sheets that did not arrive are asked for again. Those that the page came with, by themselves, until they are there. Those of a part
 * that is loaded later, together with it: its load has failed as well, and Vite takes a sheet whose element is in the document for one that
 * has arrived, so that the next try would show the part without its styles. (It takes one for arrived that failed, too: see `vite.config.ts`.)
 */
import type { Clock } from '../../platform/platform';

const retryMs = 1_000;
const retryMaxMs = 30_000;

/** The returned function ends it. */
export function mendLostStyles(document: Document, clock: Pick<Clock, 'after'>): () => void {
	const ours = new Map<HTMLLinkElement, number>();
	let stopped = false;

	function askAgain(link: HTMLLinkElement, failures: number): void {
		clock.after(Math.min(retryMaxMs, retryMs * 2 ** failures), () => {
			if (stopped) return;
			const next = link.cloneNode() as HTMLLinkElement;
			ours.delete(link);
			ours.set(next, failures + 1);
			link.replaceWith(next);
		});
	}

	// Errors of what is loaded do not bubble, and are seen on their way down.
	function handleError({ target }: Event): void {
		if (!isStyles(target)) return;
		const failures = ours.get(target);
		if (failures === undefined) target.remove();
		else askAgain(target, failures);
	}

	document.addEventListener('error', handleError, true);
	for (const link of document.querySelectorAll('link')) {
		if (!isStyles(link)) continue;
		ours.set(link, 0);
		// Before anybody could hear of it.
		if (isEmpty(link)) askAgain(link, 0);
	}
	return () => {
		stopped = true;
		document.removeEventListener('error', handleError, true);
	};
}

/** Chromium has an empty sheet in place of one that did not arrive, and may let nobody look into it; others have none. */
function isEmpty({ sheet }: HTMLLinkElement): boolean {
	try {
		return !sheet || sheet.cssRules.length === 0;
	} catch {
		return true;
	}
}

function isStyles(target: EventTarget | null): target is HTMLLinkElement {
	return (target as Partial<HTMLLinkElement> | null)?.rel === 'stylesheet';
}
