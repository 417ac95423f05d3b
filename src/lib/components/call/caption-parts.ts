/** Splits a tile's caption into the name, which may be cut, and the end that tells it from another tile with that name, which must stay. Pure. */
export interface CaptionParts {
	name: string;
	/** The end, as in `Ada (2) (screen)`, with the space before it; empty if there is none. */
	tail: string;
}

export function captionParts(caption: string): CaptionParts {
	const tail = /( \((\d+|screen|you|Bildschirm|du)\))+$/.exec(caption)?.[0] ?? '';
	return { name: caption.slice(0, caption.length - tail.length), tail };
}
