import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCallKeys } from './call-keys';

/** One that is a `tag`. */
class FakeElement extends EventTarget {
	constructor(readonly tag: string) {
		super();
	}

	matches(list: string): boolean {
		return list.split(', ').includes(this.tag);
	}
}

const page = { dialogOpen: false, activeElement: null as FakeElement | null };
beforeEach(() => {
	Object.assign(page, { dialogOpen: false, activeElement: null });
	vi.stubGlobal('Element', FakeElement);
	vi.stubGlobal('document', {
		get activeElement() {
			return page.activeElement;
		},
		querySelector: (selector: string) => (selector === 'dialog[open]' && page.dialogOpen ? {} : null),
	});
});
afterEach(() => void vi.unstubAllGlobals());

const [button, field, body] = [new FakeElement('button'), new FakeElement('input'), new FakeElement('body')];

function press(key: string, target = body, more: Partial<KeyboardEvent> = {}): KeyboardEvent {
	const event = {
		...{ key, code: key === ' ' ? 'Space' : '', repeat: false, isComposing: false, defaultPrevented: false },
		composedPath: () => [target, body],
		preventDefault: () => Object.assign(event, { defaultPrevented: true }),
		...more,
	};
	return event as unknown as KeyboardEvent;
}

function build({ microphone = false, enabled = true } = {}) {
	const done: string[] = [];
	const settings = { enabled };
	const keys = createCallKeys({
		enabled: () => settings.enabled,
		act: (action) => void done.push(action),
		startTalking() {
			if (microphone) return false;
			done.push('talks');
			return true;
		},
		stopTalking: () => void done.push('is silent'),
	});
	return { keys, done, settings };
}

describe('Space, held', () => {
	it('talks for as long as it is held, however often the key repeats', () => {
		const { keys, done } = build();
		keys.handleKeyDown(press(' '));
		const repeated = press(' ', body, { repeat: true });
		keys.handleKeyDown(repeated);
		expect(repeated.defaultPrevented, 'the page does not scroll').toBe(true);
		expect(done).toEqual(['talks']);
		keys.handleKeyUp(press(' '));
		keys.handleKeyUp(press(' '));
		expect(done).toEqual(['talks', 'is silent']);
	});

	it('ends where the release goes elsewhere: to a button, to a dialog, after the keys were switched off', () => {
		const { keys, done, settings } = build();
		keys.handleKeyDown(press(' '));
		page.dialogOpen = true;
		settings.enabled = false;
		const released = press(' ', button);
		keys.handleKeyUp(released);
		expect(released.defaultPrevented, 'the button is not pressed').toBe(true);
		expect(done).toEqual(['talks', 'is silent']);
	});

	it('ends when another window takes the keys, and its release is nothing then', () => {
		const { keys, done } = build();
		keys.handleKeyDown(press(' '));
		keys.handleBlur();
		keys.handleBlur();
		keys.handleKeyUp(press(' '));
		expect(done).toEqual(['talks', 'is silent']);
	});

	it('silences nobody whose microphone was on already', () => {
		const { keys, done } = build({ microphone: true });
		keys.handleKeyDown(press(' '));
		keys.handleKeyUp(press(' '));
		expect(done).toEqual([]);
	});

	it('presses a button that Tab has led to, and talks over one that the pointer has been on', () => {
		const { keys, done } = build();
		keys.handleKeyDown(press(' ', button));
		expect(done).toEqual([]);
		keys.handlePointerDown({ composedPath: () => [button, body] } as unknown as PointerEvent);
		keys.handleKeyDown(press(' ', button));
		keys.handleKeyUp(press(' ', button));
		expect(done).toEqual(['talks', 'is silent']);
		keys.handleKeyDown(press('Tab', button));
		keys.handleKeyDown(press(' ', button));
		expect(done).toEqual(['talks', 'is silent']);
	});
});

describe('a letter', () => {
	it('does its work, and nothing else is made of it', () => {
		const { keys, done } = build();
		const pressed = press('m');
		keys.handleKeyDown(pressed);
		expect(done).toEqual(['microphone']);
		expect(pressed.defaultPrevented).toBe(true);
	});

	it('does nothing while somebody types, over a dialog, where it is somebody else’s or keys are switched off', () => {
		const { keys, done, settings } = build();
		keys.handleKeyDown(press('m', field));
		keys.handleKeyDown(press('m', body, { defaultPrevented: true }));
		page.dialogOpen = true;
		keys.handleKeyDown(press('m'));
		page.dialogOpen = false;
		settings.enabled = false;
		keys.handleKeyDown(press('m'));
		expect(done).toEqual([]);
	});
});
