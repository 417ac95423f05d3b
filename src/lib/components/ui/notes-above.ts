/**
 * Moves notes that lie over the page into the open modal dialog. Everything outside it is inert, so the notes could be neither read out nor
 * answered. All it knows about notes is that they are marked with `data-notes`.
 */

/** Where each note was before, held by a comment in its place. */
const homes = new Map<Element, Comment>();
/** The places in the open dialogs, the latest last. */
const places: Element[] = [];

/**
 * @param place in the open dialog. It is a popover, so that it lies over everything in the dialog and does not scroll with it. The returned
 * function moves the notes back.
 */
export function bringNotes(place: HTMLElement): () => void {
	// Safari 16 has no popovers, but shows the place all the same.
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
		// The note was removed from the page meanwhile.
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
