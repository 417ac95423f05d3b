/**
 * Keys that belong to an input method. While a word is being composed, Enter accepts it and Escape discards it, and neither is meant for the
 * page, whatever the order of a browser's events. One guard for the whole page, so that no field, panel or dialog has to know.
 */

/** The parts of a keyboard event that we need. */
export interface KeyStroke {
	type: string;
	key: string;
	isComposing: boolean;
	/** 229: an input method has handled the key. Safari gives no other sign, because it ends the composition before it sends the key that ended it. */
	keyCode: number;
}

/** The returned function says of each key that goes down or up, in order, whether it is the input method's. */
export function createInputMethodKeys(): (stroke: KeyStroke) => boolean {
	/** The key that went down for the input method. When it goes up, the composition is over, and nothing else says that it was the input method's. */
	let held: string | null = null;
	return ({ type, key, isComposing, keyCode }) => {
		const isTheirs = isComposing || keyCode === 229;
		if (type === 'keydown') {
			// If the key is sent again as an ordinary one, as for Korean, it is the page's.
			held = isTheirs ? key : null;
			return isTheirs;
		}
		const wasTheirs = held === key;
		if (wasTheirs) held = null;
		return isTheirs || wasTheirs;
	};
}

/** Hides such keys from everything but the field they are typed into. The returned function undoes it. */
export function guardCompositions(page: Window): () => void {
	const isInputMethods = createInputMethodKeys();
	function handle(event: KeyboardEvent): void {
		if (!isInputMethods(event)) return;
		event.stopImmediatePropagation();
		// Keeps the browser from submitting a form or closing a dialog too. The input method has had the key by now.
		if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
	}
	const first = { capture: true };
	page.addEventListener('keydown', handle, first);
	page.addEventListener('keyup', handle, first);
	return () => {
		page.removeEventListener('keydown', handle, first);
		page.removeEventListener('keyup', handle, first);
	};
}
