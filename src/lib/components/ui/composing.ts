/**
 * Keys that belong to an input method. While a word is composed, Enter takes it and Escape gives it up: neither is the page's key then,
 * in whatever order a browser tells of it. One guard for the whole page, so that no field, panel or dialog has to know.
 */

/** What there is of a keyboard's event. */
export interface KeyStroke {
	type: string;
	key: string;
	isComposing: boolean;
	/** 229: an input method has had the key. Nothing else tells so in Safari, which ends the composition before it sends the key that ended it. */
	keyCode: number;
}

/** Tells of each key that goes down or up, in order, whether it is the input method's. */
export function createInputMethodKeys(): (stroke: KeyStroke) => boolean {
	/** Went down as the input method's; by the time it goes up the composition is over, and nothing tells. */
	let held: string | null = null;
	return ({ type, key, isComposing, keyCode }) => {
		const isTheirs = isComposing || keyCode === 229;
		if (type === 'keydown') {
			// Sent again as an ordinary key, as for Korean, it is the page's.
			held = isTheirs ? key : null;
			return isTheirs;
		}
		const wasTheirs = held === key;
		if (wasTheirs) held = null;
		return isTheirs || wasTheirs;
	};
}

/** Keeps such keys from everything but the field they are typed into. What is returned undoes it. */
export function guardCompositions(page: Window): () => void {
	const isInputMethods = createInputMethodKeys();
	function handle(event: KeyboardEvent): void {
		if (!isInputMethods(event)) return;
		event.stopImmediatePropagation();
		// Nor does the browser send a form or close a dialog for it. The input method has had it by then.
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
