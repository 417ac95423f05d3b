/** What must hold of microphone and camera after any order of clicks and faults, once all of it has settled. */
import { expect } from 'vitest';
import type { LocalMedia } from '../../src/lib/call/media/local-media';
import type { Slot } from '../../src/lib/call/transport/transport';
import type { FakeClock } from './fake-clock';
import type { FakeMediaDevices } from './fake-media-devices';
import type { Random } from './random';

interface MediaUnderTest {
	media: LocalMedia;
	devices: FakeMediaDevices;
	clock: FakeClock;
	/** What `trackChanged` said last. */
	sent: ReadonlyMap<Slot, MediaStreamTrack | null>;
}

const off = { wanted: false, state: 'off', failure: null };
const on = { wanted: true, state: 'on', failure: null };

/** Asks a last time, and expects one live track for each that is on, and none after the release. */
export async function expectMediaAsAsked(
	{ media, devices, clock, sent }: MediaUnderTest,
	{ random, settlesWithinMs, message }: { random: Random; settlesWithinMs: number; message: string },
): Promise<void> {
	media.setCamera(random.chance(0.5));
	media.setMicrophone(true);
	await clock.advance(settlesWithinMs);
	const { wanted } = media.snapshot.camera;
	expect(media.snapshot.camera, message).toEqual(wanted ? on : off);
	expect(media.snapshot.microphone, message).toEqual(on);
	const live = [sent.get('camera'), sent.get('microphone')].filter(Boolean).map((track) => track?.id);
	expect(devices.live.map((track) => track.id).sort(), message).toEqual(live.sort());
	expect(live, message).toHaveLength(wanted ? 2 : 1);
	media.release();
	await clock.advance(10_000);
	expect([devices.live.length, clock.pending], message).toEqual([0, 0]);
}
