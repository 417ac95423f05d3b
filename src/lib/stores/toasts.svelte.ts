/**
 * Short messages that come and go by themselves, and the few that stay until they are answered or settled. Knows nothing of what they
 * are about.
 */
export interface Toast {
	id: number;
	text: string;
	/** `alert` asks for something and stays; `status` informs and goes. */
	tone: 'status' | 'alert';
	action: { name: string; run: () => void } | null;
	/** Of one matter only the latest is shown, and `settle` takes it away. */
	about: string | null;
}

const statusMs = 5_000;
const statusMax = 3;

export class Toasts {
	#items = $state.raw<Toast[]>([]);
	#nextId = 1;
	#held: number | null = null;

	/** Oldest first. At most three inform; those that ask are never pushed out. */
	get items(): Toast[] {
		return this.#items;
	}

	show(
		text: string,
		{ tone = 'status', action = null, about = null }: Partial<Pick<Toast, 'tone' | 'action' | 'about'>> = {},
	): void {
		const matter = about ?? (tone === 'alert' ? text : null);
		const before = matter === null ? undefined : this.#items.find((toast) => toast.about === matter);
		// Those that stay would only say it twice.
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

	/** Nothing is to be answered there any more. */
	settle(about: string): void {
		for (const toast of this.#items) if (toast.about === about) this.dismiss(toast.id);
	}

	/** Somebody is at this one: it does not go away under their hands. `null`: at none. */
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
