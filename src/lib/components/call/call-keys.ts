/** Listens to the keys of a call: single letters act, and holding Space turns the microphone on. `shortcuts.ts` says which key does what. */
import { isSpace, keyTarget, shortcutFor, type KeyTarget, type ShortcutAction } from './shortcuts';

interface CallKeysEvents {
	/** Whether single keys act at all; asked at each key. */
	enabled(): boolean;
	act(action: Exclude<ShortcutAction, 'talk'>): void;
	/** False when there is nothing to do: the microphone was on already. */
	startTalking(): boolean;
	stopTalking(): void;
}

/** Handlers for the window's events. */
export function createCallKeys({ enabled, act, startTalking, stopTalking }: CallKeysEvents) {
	let talking = false;
	// The button that was clicked keeps the focus. Space should press a button that was reached with Tab, but not one that was clicked: whoever
	// mutes with the mouse and then holds Space wants to talk.
	let pointed: Element | null = null;

	function targetOf(event: KeyboardEvent): KeyTarget {
		const path = event.composedPath();
		const kind = keyTarget(path, document.activeElement);
		return kind === 'pressable' && pointed !== null && path.includes(pointed) ? 'none' : kind;
	}

	function stop(): void {
		if (!talking) return;
		talking = false;
		stopTalking();
	}

	return {
		handlePointerDown(event: PointerEvent): void {
			const path = event.composedPath().filter((node): node is Element => node instanceof Element);
			pointed = path.find((element) => element.matches('button, a, summary')) ?? null;
		},
		handleKeyDown(event: KeyboardEvent): void {
			if (event.key === 'Tab') pointed = null;
			if (talking && isSpace(event)) event.preventDefault();
			// An open dialog has keys of its own.
			if (!enabled() || event.defaultPrevented || document.querySelector('dialog[open]')) return;
			const action = shortcutFor(event, targetOf(event));
			if (action === null) return;
			event.preventDefault();
			if (action === 'talk') talking = startTalking() || talking;
			else act(action);
		},
		handleKeyUp(event: KeyboardEvent): void {
			if (!talking || !isSpace(event)) return;
			// Otherwise the focused button would be pressed as well.
			event.preventDefault();
			stop();
		},
		/** Another window has taken the focus, so the release of Space would never arrive. */
		handleBlur: stop,
	};
}
