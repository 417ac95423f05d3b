/**
 * Short messages that come and go by themselves, and the few that stay until they are answered. Knows nothing of what they are
 * about.
 */
export interface Toast {
	id: number;
	text: string;
	/** `alert` asks for something and stays; `status` informs and goes. */
	tone: 'status' | 'alert';
	action: { name: string; run: () => void } | null;
}

const statusMs = 5_000;
const shownMax = 3;

export class Toasts {
	#items = $state.raw<Toast[]>([]);
	#nextId = 1;

	/** Oldest first, of each tone at most three. */
	get items(): Toast[] {
		return this.#items;
	}

	show(text: string, { tone = 'status', action = null }: Partial<Pick<Toast, 'tone' | 'action'>> = {}): void {
		// Those that stay would only say it twice.
		if (tone === 'alert' && this.#items.some((toast) => toast.tone === tone && toast.text === text)) return;
		const id = this.#nextId++;
		const alike = this.#items.filter((toast) => toast.tone === tone);
		const oldest = alike.length >= shownMax ? alike[0] : null;
		this.#items = [...this.#items.filter((toast) => toast !== oldest), { id, text, tone, action }];
		if (tone === 'status') setTimeout(() => this.dismiss(id), statusMs);
	}

	dismiss(id: number): void {
		this.#items = this.#items.filter((toast) => toast.id !== id);
	}
}
