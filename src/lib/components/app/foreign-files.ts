/**
 * Files and pictures that are dropped or pasted where nothing takes them. Left alone, a browser opens what is dropped in place of the page,
 * and the call is gone; the same goes for a link.
 */
interface Brought {
	/** As of `DataTransfer`. */
	types: readonly string[];
	/** Into a field, which takes text by itself. */
	intoField: boolean;
}

/** `refuse`: kept from the browser, and the person is told. */
export function decideDrop({ types, intoField }: Brought): 'leave' | 'keep-out' | 'refuse' {
	if (types.includes('Files')) return 'refuse';
	return intoField ? 'leave' : 'keep-out';
}

/** What office programs copy is text and a picture of it: the text is pasted, and nothing was refused. */
export function refusesPaste(types: readonly string[]): boolean {
	return types.includes('Files') && !types.some((type) => type.startsWith('text/plain'));
}

/** What handles a drop or a paste itself has prevented the default by then. The returned function ends it. */
export function keepForeignFilesOut(page: EventTarget, refused: () => void): () => void {
	function handleDrag(event: Event): void {
		const { dataTransfer, target } = event as DragEvent;
		if (!dataTransfer || event.defaultPrevented) return;
		const decision = decideDrop({ types: dataTransfer.types, intoField: isField(target) });
		if (decision === 'leave') return;
		event.preventDefault();
		if (decision === 'keep-out') dataTransfer.dropEffect = 'none';
		// Nothing is heard of a drop whose effect is "none", and then nobody would be told.
		else if (event.type === 'drop') refused();
	}

	function handlePaste(event: Event): void {
		const { clipboardData } = event as ClipboardEvent;
		if (!event.defaultPrevented && clipboardData && refusesPaste(clipboardData.types)) refused();
	}

	page.addEventListener('dragover', handleDrag);
	page.addEventListener('drop', handleDrag);
	page.addEventListener('paste', handlePaste);
	return () => {
		page.removeEventListener('dragover', handleDrag);
		page.removeEventListener('drop', handleDrag);
		page.removeEventListener('paste', handlePaste);
	};
}

function isField(target: EventTarget | null): boolean {
	return target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
}
