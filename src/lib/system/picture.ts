/**
 * The call in a small window above all others, while the person looks at something else: a window of our own (with buttons) if the platform has
 * those, otherwise one video, or nothing if it has neither. The caller fills the window.
 */
import type { PictureHost, PictureVideo, System } from './system';

export interface PictureEvents {
	/** Puts the call into a window of our own; the returned function takes it out. Not called for a video. */
	fill(window: Window): Promise<() => void>;
	changed(open: boolean): void;
}

export interface Picture {
	/** `video` has no buttons, and can show only somebody whose camera is on. `null`: not possible here. */
	readonly way: 'window' | 'video' | null;
	/** Must be called from a click or an action of the media session. Rejects when the browser refuses. */
	enter(): Promise<void>;
	exit(): void;
	/** What a `video` shows from now on. It closes if there is nothing to show. */
	show(stream: MediaStream | null): void;
	/** A click may come soon. Prepares a video for it, because some browsers forget the click while the video gets its first frame. */
	prepare(): void;
}

type PicturePorts = Pick<System, 'openPictureWindow' | 'createPictureVideo'>;

export function createPicture(ports: PicturePorts, events: PictureEvents): Picture {
	if (ports.openPictureWindow) return createWindowPicture(ports.openPictureWindow, events);
	if (ports.createPictureVideo) return createVideoPicture(ports.createPictureVideo, events);
	return {
		way: null,
		enter: () => Promise.reject(new Error('there is no picture-in-picture here')),
		exit() {},
		show() {},
		prepare() {},
	};
}

/** Large enough for a face and three buttons. */
const windowSize = { width: 320, height: 240 };

function createWindowPicture(
	open: NonNullable<PicturePorts['openPictureWindow']>,
	{ fill, changed }: PictureEvents,
): Picture {
	let host: PictureHost | null = null;
	let empty = () => {};
	/** Counts requests, so that a window that opens after its request was cancelled is closed again. */
	let wish = 0;

	function gone(): void {
		host = null;
		empty();
		empty = () => {};
		changed(false);
	}

	return {
		way: 'window',
		async enter() {
			if (host) return;
			const own = ++wish;
			const opened = await open(windowSize);
			if (own !== wish) return opened.close();
			host = opened;
			opened.onClosed(() => host === opened && gone());
			changed(true);
			try {
				const emptied = await fill(opened.window);
				if (host === opened) empty = emptied;
				else emptied();
			} catch (error) {
				opened.close();
				throw error;
			}
		},
		exit() {
			wish += 1;
			host?.close();
		},
		show() {},
		prepare() {},
	};
}

function createVideoPicture(
	create: NonNullable<PicturePorts['createPictureVideo']>,
	{ changed }: PictureEvents,
): Picture {
	let stream: MediaStream | null = null;
	let video: PictureVideo | null = null;
	let inside = false;

	function prepare(): void {
		if (video || !stream) return;
		const made = create();
		made.onLeft(() => video === made && remove());
		made.show(stream);
		video = made;
	}

	function remove(): void {
		video?.remove();
		video = null;
		if (!inside) return;
		inside = false;
		changed(false);
	}

	return {
		way: 'video',
		async enter() {
			prepare();
			const entering = video;
			if (!entering) throw new Error('nobody can be seen');
			try {
				await entering.ready();
				await entering.enter();
			} catch (error) {
				if (video === entering) remove();
				throw error;
			}
			// It was left while it was being entered.
			if (video !== entering) return entering.remove();
			inside = true;
			changed(true);
		},
		exit: remove,
		show(next) {
			if (next === stream) return;
			stream = next;
			if (next) video?.show(next);
			else remove();
		},
		prepare,
	};
}
