/** The tab's history, as `leave-guard.ts` needs it. Only this file touches the browser for it. */
import { marked, placeIn } from './history-place';
import type { HistoryPort } from './leave-guard';

/**
 * Marks are stored beside what SvelteKit keeps in an entry, and a pushed entry copies all of that. So SvelteKit's router takes both for the same
 * entry, and a step between them shows and loads nothing.
 */
export function createBrowserHistory(window: Window): HistoryPort {
	const { history, location } = window;
	// In development, SvelteKit warns about calls to the object's own methods.
	const { pushState, replaceState } = Object.getPrototypeOf(history) as History;

	return {
		get place() {
			return placeIn(history.state);
		},
		get address() {
			return location.pathname + location.hash;
		},
		mark: (place, address) => replaceState.call(history, marked(history.state, place), '', address),
		push: (place, address) => pushState.call(history, marked(history.state, place), '', address),
		back() {
			const { navigation } = window;
			if (!navigation) return history.back();
			// By key, because counting steps may go wrong: if a page is reloaded at the moment of a push, Chromium (156) comes back on the new
			// entry but counts from the one before, so that one step leads out of the app.
			const before = navigation.entries()[(navigation.currentEntry?.index ?? 0) - 1];
			const step = before && navigation.traverseTo(before.key);
			const stay = () => this.mark('room', location.href);
			if (!step) return stay();
			step.committed?.catch(stay);
			step.finished?.catch(() => {});
		},
		onStep(listener) {
			const handlePop = ({ state }: PopStateEvent) => listener(placeIn(state));
			window.addEventListener('popstate', handlePop);
			return () => window.removeEventListener('popstate', handlePop);
		},
	};
}
