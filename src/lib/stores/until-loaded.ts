/** A part of a page that nobody waits for: shown when it comes, whenever that is. */
import { createLatePart } from '../platform/late-part';
import { pageClock } from './page-clock';

/** Tries until it is there; never rejects. */
export function untilLoaded<Part>(load: () => Promise<Part>): Promise<Part> {
	return new Promise((loaded) => void createLatePart({ clock: pageClock, load, loaded }).load());
}
