/** For a part of a page that nobody waits for: it is shown whenever it arrives. */
import { createLatePart } from '../platform/late-part';
import { pageClock } from './page-clock';

/** Keeps trying until it is loaded; never rejects. */
export function untilLoaded<Part>(load: () => Promise<Part>): Promise<Part> {
	return new Promise((loaded) => void createLatePart({ clock: pageClock, load, loaded }).load());
}
