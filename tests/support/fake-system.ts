/** What surrounds a page, without one: a screen, a headset, an icon and small windows that note what they are told. */
import type {
	MediaAction,
	MediaSessionPort,
	PictureHost,
	PictureVideo,
	System,
} from '../../src/lib/system/system';
import { FakeClock } from './fake-clock';

/** A system that can nothing. Tests add what they are about. */
export function bareSystem(): System & { setVisible(visible: boolean): void; listeners(): number } {
	const listeners = new Set<() => void>();
	let visible = true;
	return {
		clock: new FakeClock(),
		page: {
			get visible() {
				return visible;
			},
			onVisibility(listener) {
				listeners.add(listener);
				return () => void listeners.delete(listener);
			},
		},
		wakeLock: undefined,
		audioSession: undefined,
		mediaSession: undefined,
		appBadge: undefined,
		vibrate: undefined,
		openPictureWindow: undefined,
		createPictureVideo: undefined,
		setVisible(next) {
			visible = next;
			for (const listener of [...listeners]) listener();
		},
		listeners: () => listeners.size,
	};
}

export class FakeMediaSession implements MediaSessionPort {
	readonly handlers = new Map<MediaAction, Parameters<MediaSessionPort['setActionHandler']>[1]>();
	/** Actions that this browser has never heard of. */
	readonly unknown = new Set<MediaAction>();
	/** What was told of the devices, in order. */
	readonly told: string[] = [];
	metadata: { title: string; artist: string } | null = null;
	state: MediaSessionPlaybackState = 'none';

	describe(metadata: FakeMediaSession['metadata']): void {
		this.metadata = metadata;
	}

	setPlaybackState(state: MediaSessionPlaybackState): void {
		this.state = state;
	}

	setActionHandler: MediaSessionPort['setActionHandler'] = (action, handler) => {
		if (this.unknown.has(action)) throw new TypeError(`'${action}' is not a MediaSessionAction`);
		if (handler) this.handlers.set(action, handler);
		else this.handlers.delete(action);
	};

	setMicrophoneActive(active: boolean): unknown {
		this.told.push(`microphone ${active}`);
		return Promise.reject(new Error('not now'));
	}

	setCameraActive(active: boolean): unknown {
		this.told.push(`camera ${active}`);
		throw new TypeError('not ever');
	}

	press(action: MediaAction, details: { isActivating?: boolean } = {}): void {
		this.handlers.get(action)?.(details);
	}
}

export class FakePictureHost implements PictureHost {
	readonly window = {} as Window;
	open = true;
	#closed = () => {};

	close = () => {
		if (!this.open) return;
		this.open = false;
		this.#closed();
	};

	onClosed(listener: () => void): void {
		this.#closed = listener;
	}
}

export class FakePictureVideo implements PictureVideo {
	stream: MediaStream | null = null;
	state: 'made' | 'inside' | 'removed' = 'made';
	refuses = false;
	/** Lets the first frame come. */
	start!: () => void;
	#left = () => {};
	readonly #ready = new Promise<void>((resolve) => (this.start = resolve));

	show(stream: MediaStream): void {
		this.stream = stream;
	}

	ready(): Promise<void> {
		return this.#ready;
	}

	enter(): Promise<void> {
		if (this.refuses) return Promise.reject(new DOMException('no gesture', 'NotAllowedError'));
		this.state = 'inside';
		return Promise.resolve();
	}

	remove(): void {
		this.state = 'removed';
	}

	onLeft(listener: () => void): void {
		this.#left = listener;
	}

	/** The person closes the system's window. */
	leave(): void {
		this.#left();
	}
}
