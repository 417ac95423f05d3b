/**
 * Keeps a step back from ending a call by accident. While a call is on, the page has a second entry of its own in the tab's history and stands on
 * it: a step back (button, swipe, Android's gesture) leads to the first one, with the call going on, and closes what is open, or asks. A second
 * step while the question stands is an answer. Afterwards the page is on its first entry again, so that a step back leads where it always did.
 */
import type { Unsubscribe } from '../platform/platform';
import type { Place } from './history-place';

export interface HistoryPort {
	/** Where the page stands; `null` on an entry that bears no mark. */
	readonly place: Place | null;
	/** Of the page, as `LeaveGuardPort.address` says it. */
	readonly address: string;
	mark(place: Place, address: string): void;
	push(place: Place, address: string): void;
	back(): void;
	/** Called with where a step has led, also to entries that bear no mark. */
	onStep(listener: (place: Place | null) => void): Unsubscribe;
}

export interface LeaveGuardPort {
	history: HistoryPort;
	/** The room's own, as it is now: a step back must not bring back one whose secret was replaced. */
	address(): string;
	/** Closes what is open over the call; false when nothing is. */
	closePanel(): boolean;
	/** Shows or takes away the question. */
	ask(asking: boolean): void;
}

/** How a page may be left, as SvelteKit's `beforeNavigate` has it. `leave`: closing, a reload, another site. */
type Way = 'leave' | 'popstate' | 'link' | 'form' | 'goto' | 'enter';

export interface LeaveGuard {
	/** Whether that must not happen now. For `leave` the browser asks in words of its own. */
	stops(way: Way): boolean;
	stay(): void;
	/** The room's address has changed. */
	moved(): void;
	/** The call is over, or its page is gone. */
	close(): void;
}

export function createLeaveGuard({ history, address, closePanel, ask }: LeaveGuardPort): LeaveGuard {
	let asking = false;
	let closed = false;
	/** A room that was left by a link put over its address has entries with marks of its own, which are not this call's. */
	const addresses = new Set<string>();

	function stand(): void {
		addresses.add(address());
		// After a reload it does already.
		if (history.place === 'call') return;
		history.mark('room', address());
		history.push('call', address());
	}

	function show(question: boolean): void {
		asking = question;
		ask(question);
	}

	const stopListening = history.onStep((reached) => {
		const place = addresses.has(history.address) ? reached : null;
		if (place === 'room') history.mark('room', address());
		if (closed) return stopListening();
		// A step forward takes the question back.
		if (place === 'call' && asking) show(false);
		if (place !== 'room' || asking) return;
		if (closePanel()) stand();
		else show(true);
	});
	stand();

	return {
		stops(way) {
			// What the app does itself has been asked for. Whoever goes on while the question stands has answered it.
			if (closed || asking || way === 'goto' || way === 'enter') return false;
			// SvelteKit undoes a step that led further back, which ends on our first entry.
			if (way === 'link' || way === 'form') show(true);
			return true;
		},
		stay() {
			// A window says that it is closed also when it is taken away.
			if (closed || !asking) return;
			show(false);
			stand();
		},
		moved() {
			addresses.add(address());
			if (!closed && !asking) history.mark('call', address());
		},
		close() {
			closed = true;
			if (history.place === 'call') history.back();
			else stopListening();
		},
	};
}
