/** The reactive face of what is kept of a person's chat. Stored at each change, because a crash gives no warning. */
import { readKeptChat, withRead, writeKeptChat, type ReadUpTo } from '../call/chat/kept-chat';
import type { KeyValueStore } from '../platform/platform';
import type { ChatEntry } from '../call/chat/chat-state';

export class KeptChatStore {
	readonly #storage: KeyValueStore;
	/** The room's address, which changes when its secret is replaced. */
	readonly #address: () => string;
	#draft = $state('');
	#read: ReadUpTo = $state.raw() as ReadUpTo;

	constructor(storage: KeyValueStore, address: () => string) {
		this.#storage = storage;
		this.#address = address;
		const { draft, read } = readKeptChat(storage, address());
		this.#draft = draft;
		this.#read = read;
	}

	get draft(): string {
		return this.#draft;
	}

	set draft(draft: string) {
		this.#draft = draft;
		this.#write();
	}

	get read(): ReadUpTo {
		return this.#read;
	}

	markRead(entries: readonly ChatEntry[]): void {
		const read = withRead(this.#read, entries);
		if (read === this.#read) return;
		this.#read = read;
		this.#write();
	}

	#write(): void {
		writeKeptChat(this.#storage, this.#address(), { draft: this.#draft, read: this.#read });
	}
}
