/** Which tiles can be seen at the moment, and how sharp each has to be. Pure. */
import type { ShownAll, ShownBox } from '../../call/adaptation/shown';

export interface Surroundings {
	/** Of `document.visibilityState`. */
	pageVisible: boolean;
	/** Something covers all tiles, such as a phone's chat. */
	covered: boolean;
	/** The call is also shown in a small window. */
	pictureOpen: boolean;
	/** `devicePixelRatio`. */
	pixelRatio: number;
}

/** Beyond this, faces look no sharper, and every pixel costs something. */
const pixelRatioMax = 2;
/** The size of the small window, in device pixels. */
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
	// The small window shows one person at a time. The others send small pictures too, so that whoever speaks next appears without a wait.
	return new Map([...tiles].map(([id]) => [id, { camera: picture, screen: null }]));
}
