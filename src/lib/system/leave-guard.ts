/**
 * Keeps a step back from ending a call by accident. During a call, the page has a second entry of its own in the tab's history and stands on it.
 * A step back (button, swipe, Android's gesture) leads to the first entry, with the call going on, and closes whatever is open, or asks. Another
 * step back while the question is open counts as leaving. After the call the page is on its first entry again, so that a step back leads where it
 * always did.
 */
import type { Unsubscribe } from '../platform/platform';
import type { Place } from './history-place';

export interface HistoryPort {
	/** The mark of the entry that the page is on; `null` if it has none. */
	readonly place: Place | null;
	/** The page's address, in the form of `LeaveGuardPort.address`. */
	readonly address: string;
	mark(place: Place, address: string): void;
	push(place: Place, address: string): void;
	back(): void;
	/** Called with the mark of the entry that a step has led to, or `null` if it has none. */
	onStep(listener: (place: Place | null) => void): Unsubscribe;
}

export interface LeaveGuardPort {
	history: HistoryPort;
	/** The room's current address: a step back must not bring back one whose secret has been replaced. */
	address(): string;
	/** Closes what is open over the call; false when nothing is. */
	closePanel(): boolean;
	/** Shows or hides the question. */
	ask(asking: boolean): void;
}

/** The ways to leave a page, as in SvelteKit's `beforeNavigate`. `leave`: closing, a reload, another site. */
type Way = 'leave' | 'popstate' | 'link' | 'form' | 'goto' | 'enter';

export interface LeaveGuard {
	/** Whether leaving this way must be prevented now. For `leave` the browser asks in its own words. */
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
	/**
	 * The addresses of this call. If a room was left because another link was put over its address, its marked entries remain, and they don't
	 * belong to this call.
	 */
	const addresses = new Set<string>();

	function stand(): void {
		addresses.add(address());
		// After a reload the page is on that entry already.
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
		// A step forward cancels the question.
		if (place === 'call' && asking) show(false);
		if (place !== 'room' || asking) return;
		if (closePanel()) stand();
		else show(true);
	});
	stand();

	return {
		stops(way) {
			// The person has asked for what the app does itself. Leaving while the question is open answers it.
			if (closed || asking || way === 'goto' || way === 'enter') return false;
			// SvelteKit undoes a step that led further back, and that ends on our first entry.
			if (way === 'link' || way === 'form') show(true);
			return true;
		},
		stay() {
			// A dialog reports that it was closed even when it is removed.
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
