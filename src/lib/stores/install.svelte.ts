/**
 * Whether this browser can put the app on the home screen, and how: by its own question or, on iOS, by two taps that only a person can make. The
 * pages decide whether it is a good moment.
 */

/** Chromium's event, not in TypeScript's library. It can be used once. */
interface BeforeInstallPromptEvent extends Event {
	prompt(): Promise<unknown>;
	readonly userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

declare global {
	interface Window {
		/** `static/early.js` keeps the event here if it comes before we listen. */
		installPrompt?: Event | null;
	}
}

export type InstallWay = 'prompt' | 'ios';

const standaloneModes = ['standalone', 'minimal-ui', 'fullscreen', 'window-controls-overlay'];

/** Whether the page runs as an installed app, in a window without a browser around it. */
export function isStandalone(): boolean {
	const shown = standaloneModes.some((mode) => matchMedia(`(display-mode: ${mode})`).matches);
	return shown || (navigator as { standalone?: boolean }).standalone === true;
}

export class Install {
	#prompt = $state.raw<BeforeInstallPromptEvent | null>(null);
	#ios = $state(false);

	/** `null` if there is nothing to offer: already installed, or not possible here. */
	get way(): InstallWay | null {
		if (this.#prompt) return 'prompt';
		return this.#ios ? 'ios' : null;
	}

	/** The returned function stops the listening. */
	start({ isIos }: { isIos: boolean }): () => void {
		if (isStandalone()) return () => {};
		this.#ios = isIos;
		this.#prompt = (window.installPrompt as BeforeInstallPromptEvent | undefined) ?? null;
		const keep = (event: Event) => {
			// We ask at a better moment than the browser would.
			event.preventDefault();
			this.#prompt = event as BeforeInstallPromptEvent;
		};
		const installed = () => (this.#prompt = null);
		window.addEventListener('beforeinstallprompt', keep);
		window.addEventListener('appinstalled', installed);
		return () => {
			window.removeEventListener('beforeinstallprompt', keep);
			window.removeEventListener('appinstalled', installed);
		};
	}

	/** Must be called from a click. Whatever the answer is, we can't ask again until the browser has sent a new event. */
	async ask(): Promise<void> {
		const prompt = this.#prompt;
		this.#prompt = null;
		window.installPrompt = null;
		await prompt?.prompt().catch(() => {});
	}
}
