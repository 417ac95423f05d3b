import { beforeEach, describe, expect, it } from 'vitest';
import type { Place } from './history-place';
import { createLeaveGuard, type HistoryPort, type LeaveGuard } from './leave-guard';

interface Entry {
	place: Place | null;
	address: string;
}

/** The history of a tab: what came before, the room, and what is pushed. */
function tab() {
	const entries: Entry[] = [
		{ place: null, address: '/' },
		{ place: null, address: '/room/a#1' },
	];
	let at = 1;
	const listeners = new Set<(place: Place | null) => void>();
	const step = (by: number) => {
		at = Math.max(0, Math.min(entries.length - 1, at + by));
		for (const listener of [...listeners]) listener(here().place);
	};
	const here = () => entries[at] as Entry;
	const history: HistoryPort = {
		get place() {
			return here().place;
		},
		get address() {
			return here().address;
		},
		mark: (place, address) => void (entries[at] = { place, address }),
		push: (place, address) => void entries.splice(++at, entries.length, { place, address }),
		back: () => step(-1),
		onStep(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	};
	return { history, step, entries, here, listeners };
}

let browser: ReturnType<typeof tab>;
let panelOpen: boolean;
let asked: boolean[];
let address: string;

function begin(): LeaveGuard {
	return createLeaveGuard({
		history: browser.history,
		address: () => address,
		closePanel() {
			const wasOpen = panelOpen;
			panelOpen = false;
			return wasOpen;
		},
		ask: (asking) => asked.push(asking),
	});
}

beforeEach(() => {
	browser = tab();
	panelOpen = false;
	asked = [];
	address = '/room/a#1';
});

describe('a step back in a call', () => {
	it('closes what is open, and only then asks', () => {
		begin();
		panelOpen = true;
		browser.step(-1);
		expect([panelOpen, asked, browser.here().place]).toEqual([false, [], 'call']);
		browser.step(-1);
		expect([asked, browser.here()]).toEqual([[true], { place: 'room', address: '/room/a#1' }]);
	});

	it('asks once: whoever steps on or closes the page has answered', () => {
		const guard = begin();
		expect([guard.stops('leave'), guard.stops('popstate')]).toEqual([true, true]);
		browser.step(-1);
		expect([guard.stops('leave'), guard.stops('popstate')]).toEqual([false, false]);
		browser.step(-1);
		expect(asked).toEqual([true]);
		expect(browser.here().address).toBe('/');
	});

	it('asks again after somebody has stayed, by the button or by a step forward', () => {
		const guard = begin();
		browser.step(-1);
		guard.stay();
		expect([browser.here().place, guard.stops('leave')]).toEqual(['call', true]);
		browser.step(-1);
		browser.step(1);
		browser.step(-1);
		expect(asked).toEqual([true, false, true, false, true]);
		expect(browser.entries).toHaveLength(3);
	});
});

describe('what is no accident', () => {
	it('is not stopped: what the app does itself', () => {
		expect(begin().stops('goto')).toBe(false);
	});

	it('is asked about: a link that is followed', () => {
		const guard = begin();
		expect(guard.stops('link')).toBe(true);
		expect(asked).toEqual([true]);
		guard.stay();
		expect(browser.entries).toHaveLength(3);
	});

	it('is not taken for a step back: an address that is typed', () => {
		begin();
		browser.entries.push({ place: null, address: '/room/a#2' });
		browser.step(1);
		expect(asked).toEqual([]);
	});
});

describe('the history', () => {
	it('is as it was once the call is over: one step leads away', () => {
		begin().close();
		expect(browser.here()).toEqual({ place: 'room', address: '/room/a#1' });
		expect(browser.listeners.size).toBe(0);
		browser.step(-1);
		expect([browser.here().address, asked]).toEqual(['/', []]);
	});

	it('gets no second entry of a call by reloading it, leaving it while asked, or joining again', () => {
		begin();
		browser.listeners.clear();
		const reloaded = begin();
		expect(browser.entries).toHaveLength(3);
		browser.step(-1);
		reloaded.close();
		expect(browser.here().place).toBe('room');
		begin().close();
		expect([browser.entries.length, browser.here().place]).toEqual([3, 'room']);
	});

	it('is left alone when the app has gone to another page', () => {
		const guard = begin();
		browser.entries.push({ place: null, address: '/room/b' });
		browser.step(1);
		guard.close();
		expect(browser.here().address).toBe('/room/b');
	});

	it('leaves the entries of another room as they are, whose call went before in this tab', () => {
		browser.entries.splice(
			1,
			1,
			{ place: 'room', address: '/room/a' },
			{ place: 'call', address: '/room/a' },
		);
		browser.step(1);
		browser.history.push('room', address);
		const guard = begin();
		browser.step(-1);
		browser.step(-1);
		guard.close();
		expect(browser.entries.slice(1, 3).map(({ address }) => address)).toEqual(['/room/a', '/room/a']);
		expect([browser.here().place, browser.listeners.size]).toEqual(['room', 0]);
	});

	it('brings back no secret that was replaced', () => {
		const guard = begin();
		address = '/room/a#2';
		browser.entries[2] = { place: null, address };
		guard.moved();
		browser.step(-1);
		expect(browser.here().address).toBe('/room/a#2');
		guard.stay();
		address = '/room/a#3';
		guard.moved();
		guard.close();
		expect(browser.here()).toEqual({ place: 'room', address: '/room/a#3' });
	});
});
