/**
 * Handles files, pictures and links that are dropped or pasted where nothing takes them. If nobody stops it, a browser opens what was dropped in
 * place of the page, and the call is gone.
 */
interface Brought {
	/** The types of its `DataTransfer`. */
	types: readonly string[];
	/** It goes into a field, which takes text by itself. */
	intoField: boolean;
}

/** `keep-out`: the browser does not get it. `refuse`: nor does it, and the person is told. */
export function decideDrop({ types, intoField }: Brought): 'leave' | 'keep-out' | 'refuse' {
	if (types.includes('Files')) return 'refuse';
	return intoField ? 'leave' : 'keep-out';
}

/** Office programs copy text together with a picture of it. Then the text is pasted, and nothing was refused. */
export function refusesPaste(types: readonly string[]): boolean {
	return types.includes('Files') && !types.some((type) => type.startsWith('text/plain'));
}

/** Whoever takes a drop or a paste has prevented the default by the time it gets here. The returned function ends the listening. */
export function keepForeignFilesOut(page: EventTarget, refused: () => void): () => void {
	function handleDrag(event: Event): void {
		const { dataTransfer, target } = event as DragEvent;
		if (!dataTransfer || event.defaultPrevented) return;
		const decision = decideDrop({ types: dataTransfer.types, intoField: isField(target) });
		if (decision === 'leave') return;
		event.preventDefault();
		if (decision === 'keep-out') dataTransfer.dropEffect = 'none';
		// If the effect were "none", no drop event would come, and nobody would be told.
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
