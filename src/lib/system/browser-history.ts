/** The history of the tab, as `leave-guard.ts` needs it. The one file of that that knows the browser. */
import { marked, placeIn } from './history-place';
import type { HistoryPort } from './leave-guard';

/**
 * Marks are put beside what SvelteKit keeps in an entry, and a pushed entry takes that along: to its router both are one and the same, so that a
 * step between them shows and loads nothing.
 */
export function createBrowserHistory(window: Window): HistoryPort {
	const { history } = window;
	// In development SvelteKit warns of whoever comes by the object's own methods.
	const { pushState, replaceState } = Object.getPrototypeOf(history) as History;

	return {
		get place() {
			return placeIn(history.state);
		},
		mark: (place, address) => replaceState.call(history, marked(history.state, place), '', address),
		push: (place, address) => pushState.call(history, marked(history.state, place), '', address),
		back: () => history.back(),
		onStep(listener) {
			const handlePop = ({ state }: PopStateEvent) => listener(placeIn(state));
			window.addEventListener('popstate', handlePop);
			return () => window.removeEventListener('popstate', handlePop);
		},
	};
}
