/** What of the tiles is to be seen at this moment, and how sharply. Pure. */
import type { ShownAll, ShownBox } from '../../call/adaptation/shown';

export interface Surroundings {
	/** Of `document.visibilityState`. */
	pageVisible: boolean;
	/** Something stands over all tiles, such as a phone's chat. */
	covered: boolean;
	/** The call stands in a small window as well. */
	pictureOpen: boolean;
	/** `devicePixelRatio`. */
	pixelRatio: number;
}

/** Beyond this nobody tells faces apart, and every pixel of them has its price. */
const pixelRatioMax = 2;
/** Of the small window, in device pixels. */
const picture: ShownBox = { width: 480, height: 270 };
const nobody: ShownAll = new Map();

/** @param tiles where pictures stand, in CSS pixels */
export function shownNow(
	tiles: ShownAll,
	{ pageVisible, covered, pictureOpen, pixelRatio }: Surroundings,
): ShownAll {
	if (pageVisible && !covered) {
		const ratio = Math.min(pixelRatio, pixelRatioMax);
		const sharp = (box: ShownBox | null) => box && { width: box.width * ratio, height: box.height * ratio };
		return new Map(
			[...tiles].map(([id, { camera, screen }]) => [id, { camera: sharp(camera), screen: sharp(screen) }]),
		);
	}
	if (!pictureOpen) return nobody;
	// One is seen at a time. The others come small as well, so that whoever speaks next is there without a wait.
	return new Map([...tiles].map(([id]) => [id, { camera: picture, screen: null }]));
}
