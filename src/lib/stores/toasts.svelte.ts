/** Short messages that disappear by themselves, and a few that stay until they are answered or settled. Knows nothing of what they say. */
export interface Toast {
	id: number;
	text: string;
	/** `alert` asks for something and stays; `status` informs and disappears. */
	tone: 'status' | 'alert';
	action: { name: string; run: () => void } | null;
	/** What the toast is about. Only the latest about one matter is shown, and `settle` removes it. */
	about: string | null;
}

const statusMs = 5_000;
const statusMax = 3;

export class Toasts {
	#items = $state.raw<Toast[]>([]);
	#nextId = 1;
	#held: number | null = null;

	/** Oldest first. At most three of them inform, not counting one that is held; those that ask are never pushed out. */
	get items(): Toast[] {
		return this.#items;
	}

	show(
		text: string,
		{ tone = 'status', action = null, about = null }: Partial<Pick<Toast, 'tone' | 'action' | 'about'>> = {},
	): void {
		const matter = about ?? (tone === 'alert' ? text : null);
		const before = matter === null ? undefined : this.#items.find((toast) => toast.about === matter);
		// It is on the screen already.
		if (before?.text === text && before.tone === tone) return;
		const id = this.#nextId++;
		const informing = this.#items.filter((toast) => toast.tone === 'status' && toast.id !== this.#held);
		const pushedOut = tone === 'status' && informing.length >= statusMax ? informing[0] : undefined;
		this.#items = [
			...this.#items.filter((toast) => toast !== before && toast !== pushedOut),
			{ id, text, tone, action, about: matter },
		];
		if (tone === 'status') this.#expire(id);
	}

	dismiss(id: number): void {
		if (this.#held === id) this.#held = null;
		this.#items = this.#items.filter((toast) => toast.id !== id);
	}

	/** The matter is settled, so its toast goes away. */
	settle(about: string): void {
		for (const toast of this.#items) if (toast.about === about) this.dismiss(toast.id);
	}

	/** Somebody's pointer or focus is on this toast, so it does not disappear meanwhile. `null`: on none. */
	hold(id: number | null): void {
		const before = this.#held;
		this.#held = id;
		const released = this.#items.find((toast) => toast.id === before && toast.tone === 'status');
		if (released && before !== id) this.#expire(released.id);
	}

	#expire(id: number): void {
		setTimeout(() => this.#held !== id && this.dismiss(id), statusMs);
	}
}
