/**
 * Loads style sheets again that did not arrive. The page's own sheets are retried here until they are there. A sheet of a part that is loaded
 * later is retried together with the part, whose load has failed as well. Its element must go first: Vite takes a sheet whose element is in the
 * document for one that has arrived, and the next try would show the part without its styles. (Vite also remembers a failed sheet as loaded;
 * `vite/style-sheets.ts` mends that.)
 */
import type { Clock } from '../../platform/platform';

const retryMs = 1_000;
const retryMaxMs = 30_000;

/** The returned function stops it. */
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

	// Load errors do not bubble, so we listen in the capture phase.
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
		// It failed before we were listening.
		if (isEmpty(link)) askAgain(link, 0);
	}
	return () => {
		stopped = true;
		document.removeEventListener('error', handleError, true);
	};
}

/** If a sheet did not arrive, Chromium has an empty one in its place, and may not let us read it; other browsers have none. */
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
