/** Every page is rendered once, by the build, and is shown when its sentences are there. */
import { partsOfPage } from '$lib/words/parts-of-page';
import { loadWords } from '$lib/words/say';
import type { LayoutLoad } from './$types';

// Pages contain nothing personal before they run in a browser, so the build renders them once. The service worker keeps them unchanged
// (`src/service-worker`).
export const prerender = true;

export const load: LayoutLoad = ({ url }) => loadWords(...partsOfPage(url.pathname));
