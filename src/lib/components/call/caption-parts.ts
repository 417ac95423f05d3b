/** What is written on a tile, in the part that may be cut and the one that tells it from another of that name, which stays. Pure. */
export interface CaptionParts {
	name: string;
	/** As in `Ada (2) (screen)`: with the space before it, and empty where there is nothing to tell. */
	tail: string;
}

export function captionParts(caption: string): CaptionParts {
	const tail = /( \((\d+|screen|you|Bildschirm|du)\))+$/.exec(caption)?.[0] ?? '';
	return { name: caption.slice(0, caption.length - tail.length), tail };
}
