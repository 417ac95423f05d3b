/** Every page: made once, and shown when its sentences are there. */
import { partsOfPage } from '$lib/words/parts-of-page';
import { loadWords } from '$lib/words/say';
import type { LayoutLoad } from './$types';

// Pages hold nothing that is a person's own before they run in a browser, so they are made once, while building. The service
// worker keeps them as they are (`src/service-worker`).
export const prerender = true;

export const load: LayoutLoad = ({ url }) => loadWords(...partsOfPage(url.pathname));
