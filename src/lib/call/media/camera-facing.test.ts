import { describe, expect, it } from 'vitest';
import { cameraFacing, nextCamera } from './camera-facing';

describe('which way a camera looks', () => {
	it('is what the platform says, whatever the label', () => {
		expect(cameraFacing(['environment'], 'Front')).toBe('back');
		expect(cameraFacing(['user'], 'camera2 0, facing back')).toBe('front');
	});

	it('is read from the label where nothing else is said', () => {
		expect(cameraFacing([], 'camera2 0, facing back')).toBe('back');
		expect(cameraFacing([], 'camera2 1, facing front')).toBe('front');
		expect(cameraFacing([], 'Back Dual Wide Camera')).toBe('back');
	});

	it('is unknown of a camera on a desk', () => {
		expect(cameraFacing([], 'FaceTime HD Camera')).toBeNull();
		expect(cameraFacing([], 'Feedback Cam Frontier')).toBeNull();
	});
});

describe('the next camera', () => {
	const front = { id: 'f', label: 'Front', facing: 'front' as const };
	const back = { id: 'b', label: 'Back', facing: 'back' as const };
	const wide = { id: 'w', label: 'Back wide', facing: 'back' as const };

	it('is the first one that looks the other way, and flipping twice comes back', () => {
		const cameras = [front, back, wide];
		expect(nextCamera(cameras, 'f')).toBe(back);
		expect(nextCamera(cameras, 'b')).toBe(front);
		expect(nextCamera(cameras, 'w')).toBe(front);
	});

	it('is the next in the list where nobody says which way they look', () => {
		const cameras = [1, 2, 3].map((n) => ({ id: `${n}`, label: `Camera ${n}` }));
		expect(nextCamera(cameras, '1')?.id).toBe('2');
		expect(nextCamera(cameras, '3')?.id).toBe('1');
		expect(nextCamera([back, wide], 'b')).toBe(wide);
	});

	it('counts from the first, the default, while none is known to be in use', () => {
		expect(nextCamera([front, back], null)).toBe(back);
		expect(nextCamera([front, back], 'gone')).toBe(back);
	});

	it('is nothing where there is no other', () => {
		expect(nextCamera([], null)).toBeNull();
		expect(nextCamera([front], 'f')).toBeNull();
	});
});
