/**
 * What is said over the page, brought into the modal dialog that is open: all else is inert then, neither read out nor to be answered.
 * Knows of notes that they are marked with `data-notes`.
 */

/** Where each was before, held by a comment in its place. */
const homes = new Map<Element, Comment>();
/** In the dialogs that are open, the latest last. */
const places: Element[] = [];

/**
 * @param place in the dialog, which is shown: a popover, so that it lies over all of that and moves with nothing. The returned function brings
 * them back.
 */
export function bringNotes(place: HTMLElement): () => void {
	// Safari 16 has none, and shows the place all the same.
	(place as Partial<HTMLElement>).showPopover?.();
	for (const note of place.ownerDocument.querySelectorAll('[data-notes]')) {
		if (homes.has(note)) continue;
		const home = new Comment();
		note.before(home);
		homes.set(note, home);
	}
	places.push(place);
	arrange();
	return () => {
		places.splice(places.indexOf(place), 1);
		arrange();
	};
}

function arrange(): void {
	const place = places.at(-1);
	for (const [note, home] of homes) {
		// It was taken off the page meanwhile.
		const isGone = note.parentNode === null;
		if (place && !isGone) {
			if (note.parentNode !== place) place.append(note);
			continue;
		}
		homes.delete(note);
		if (isGone) home.remove();
		else home.replaceWith(note);
	}
}
