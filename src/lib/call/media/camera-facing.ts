/** Which way a camera faces, and which one comes next when a person flips a phone's camera. Pure. */
import type { CameraFacing, DeviceChoice } from './media-state';

/**
 * `modes` is what the platform says (`facingMode` of a track's settings or a device's capabilities, W3C mediacapture-main §4.3.8). Older
 * Android and iOS versions say it in the label only. `null` when neither says: a camera on a desk.
 */
export function cameraFacing(modes: readonly string[], label: string): CameraFacing | null {
	if (modes.includes('environment')) return 'back';
	if (modes.includes('user')) return 'front';
	if (/\b(back|rear)\b/i.test(label)) return 'back';
	return /\bfront\b/i.test(label) ? 'front' : null;
}

/** Which way the camera in use faces, as the list of cameras says, else as the track itself says. */
export function facingOf(
	track: MediaStreamTrack | null,
	cameras: readonly DeviceChoice[],
): CameraFacing | null {
	if (!track) return null;
	const { facingMode, deviceId } = track.getSettings();
	const listed = cameras.find(({ id }) => id === deviceId)?.facing;
	return listed ?? cameraFacing(facingMode ? [facingMode] : [], track.label);
}

/** The first camera that faces the other way, else the next one in the list; `null` when there is no other. */
export function nextCamera(cameras: readonly DeviceChoice[], currentId: string | null): DeviceChoice | null {
	const at = Math.max(
		0,
		cameras.findIndex(({ id }) => id === currentId),
	);
	const current = cameras[at];
	if (!current || cameras.length < 2) return null;
	const { facing } = current;
	const opposite = facing && cameras.find((camera) => camera.facing && camera.facing !== facing);
	return opposite ?? cameras[(at + 1) % cameras.length] ?? null;
}
