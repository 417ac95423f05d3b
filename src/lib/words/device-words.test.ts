import { expect, it } from 'vitest';
import { deviceOptions } from './device-words';

it('names every device, also where the browser keeps its name back', () => {
	const choices = [
		{ id: 'a', label: 'Front camera' },
		{ id: 'b', label: '' },
	];
	expect(deviceOptions('camera', choices)).toEqual([
		{ id: '', label: 'System default' },
		{ id: 'a', label: 'Front camera' },
		{ id: 'b', label: 'Camera 2' },
	]);
});
