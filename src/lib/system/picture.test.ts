import { describe, expect, it } from 'vitest';
import { FakePictureHost, FakePictureVideo } from '../../../tests/support/fake-system';
import { settle } from '../../../tests/support/fake-clock';
import { createPicture } from './picture';

const face = { id: 'face' } as MediaStream;
const otherFace = { id: 'other' } as MediaStream;

describe('a window of our own', () => {
	function setUp() {
		const hosts: FakePictureHost[] = [];
		const log: string[] = [];
		const state = { fillFails: false, waiting: [] as (() => void)[], waits: false };
		const picture = createPicture(
			{
				async openPictureWindow() {
					if (state.waits) await new Promise<void>((resolve) => state.waiting.push(resolve));
					// A browser has one: opening another closes the first.
					hosts.at(-1)?.close();
					const host = new FakePictureHost();
					hosts.push(host);
					return host;
				},
				createPictureVideo: () => new FakePictureVideo(),
			},
			{
				async fill() {
					await Promise.resolve();
					if (state.fillFails) throw new Error('could not be loaded');
					log.push('filled');
					return () => log.push('emptied');
				},
				changed: (open) => log.push(open ? 'open' : 'closed'),
			},
		);
		return { picture, hosts, log, state };
	}

	it('is taken before a video', () => {
		expect(setUp().picture.way).toBe('window');
	});

	it('opens, is filled, and is emptied when either side closes it', async () => {
		const { picture, hosts, log } = setUp();
		await picture.enter();
		expect(log).toEqual(['open', 'filled']);
		hosts[0]?.close();
		await picture.enter();
		picture.exit();
		expect(log).toEqual(['open', 'filled', 'emptied', 'closed', 'open', 'filled', 'emptied', 'closed']);
	});

	it('opens once, however often it is asked for', async () => {
		const { picture, hosts } = setUp();
		await picture.enter();
		await picture.enter();
		expect(hosts).toHaveLength(1);
		await Promise.all([picture.exit(), picture.enter(), picture.enter()]);
		expect(hosts.filter(({ open }) => open)).toHaveLength(1);
	});

	it('that opens after the call is over is closed again', async () => {
		const { picture, hosts, log, state } = setUp();
		state.waits = true;
		const entering = picture.enter();
		picture.exit();
		for (const go of state.waiting) go();
		await entering;
		expect(hosts.map(({ open }) => open)).toEqual([false]);
		expect(log).toEqual([]);
	});

	it('that is closed while it is being filled is emptied', async () => {
		const { picture, hosts, log } = setUp();
		const entering = picture.enter();
		await Promise.resolve();
		await Promise.resolve();
		hosts[0]?.close();
		await entering;
		expect(log.filter((entry) => entry === 'filled')).toHaveLength(
			log.filter((entry) => entry === 'emptied').length,
		);
		expect(log.at(-1)).not.toBe('open');
	});

	it('that can not be filled is closed, and the person told', async () => {
		const { picture, hosts, state } = setUp();
		state.fillFails = true;
		await expect(picture.enter()).rejects.toThrow('could not be loaded');
		expect(hosts[0]?.open).toBe(false);
	});
});

describe("one video in the system's window", () => {
	function setUp() {
		const videos: FakePictureVideo[] = [];
		const log: boolean[] = [];
		const picture = createPicture(
			{
				openPictureWindow: undefined,
				createPictureVideo() {
					const video = new FakePictureVideo();
					videos.push(video);
					return video;
				},
			},
			{ fill: () => Promise.reject(new Error('a video is not filled')), changed: (open) => log.push(open) },
		);
		return { picture, videos, log };
	}

	it('is entered once it has a frame, follows who is shown, and goes when the person closes it', async () => {
		const { picture, videos, log } = setUp();
		expect(picture.way).toBe('video');
		picture.show(face);
		const entering = picture.enter();
		await settle();
		expect(log).toEqual([]);
		videos[0]?.start();
		await entering;
		expect(log).toEqual([true]);
		picture.show(otherFace);
		expect(videos).toHaveLength(1);
		expect(videos[0]?.stream).toBe(otherFace);
		videos[0]?.leave();
		expect(videos[0]?.state).toBe('removed');
		expect(log).toEqual([true, false]);
	});

	it('is made ready before the click, once', async () => {
		const { picture, videos } = setUp();
		picture.prepare();
		expect(videos).toHaveLength(0);
		picture.show(face);
		picture.prepare();
		picture.prepare();
		videos[0]?.start();
		await picture.enter();
		expect(videos).toHaveLength(1);
	});

	it('goes when nobody is seen any more, and at the end of the call', async () => {
		const { picture, videos, log } = setUp();
		for (const away of [() => picture.show(null), () => picture.exit()]) {
			picture.show(face);
			picture.prepare();
			videos.at(-1)?.start();
			await picture.enter();
			away();
			expect(videos.at(-1)?.state).toBe('removed');
		}
		expect(log).toEqual([true, false, true, false]);
	});

	it('is not entered when nobody is seen, and leaves nothing behind when the browser refuses', async () => {
		const { picture, videos, log } = setUp();
		await expect(picture.enter()).rejects.toThrow('nobody can be seen');
		picture.show(face);
		picture.prepare();
		const [video] = videos;
		if (video) video.refuses = true;
		video?.start();
		await expect(picture.enter()).rejects.toThrow('no gesture');
		expect(video?.state).toBe('removed');
		expect(log).toEqual([]);
	});

	it('that gets its first frame after it was called off is removed', async () => {
		const { picture, videos, log } = setUp();
		picture.show(face);
		const entering = picture.enter();
		picture.exit();
		videos[0]?.start();
		await entering;
		expect(videos[0]?.state).toBe('removed');
		expect(log).toEqual([]);
	});
});

it('where there is neither, nothing is offered', async () => {
	const picture = createPicture(
		{ openPictureWindow: undefined, createPictureVideo: undefined },
		{ fill: () => Promise.reject(new Error('there is nothing to fill')), changed() {} },
	);
	expect(picture.way).toBeNull();
	picture.show(face);
	picture.prepare();
	picture.exit();
	await expect(picture.enter()).rejects.toThrow();
});
