import { describe, expect, it } from 'vitest';
import { deviceChange, listDevices, noDevices, resolveDevice } from './device-choice';

function info(kind: MediaDeviceKind, deviceId: string, label: string) {
	return { kind, deviceId, label };
}

const desk = info('audioinput', 'desk', 'Desk microphone');
const headset = info('audioinput', 'headset', 'Headset');
const noDevicesNow = listDevices([], true);
const front = info('videoinput', 'front', 'Front camera');

describe('the list of devices', () => {
	it("leaves out Chromium's second entries for the default and for calls", () => {
		const list = listDevices(
			[
				info('audioinput', 'default', 'Default - Headset'),
				info('audioinput', 'communications', 'Communications - Headset'),
				desk,
				headset,
			],
			true,
		);
		expect(list.choices.microphone.map((choice) => choice.id)).toEqual(['desk', 'headset']);
	});

	it('has no name for a device of which the browser keeps it back', () => {
		const list = listDevices([front, info('videoinput', 'b', ''), info('videoinput', 'c', '  ')], true);
		expect(list.choices.camera.map((choice) => choice.label)).toEqual(['Front camera', '', '']);
		expect(resolveDevice({ id: 'old', label: '' }, 'camera', list)).toBeNull();
		expect(resolveDevice({ id: 'c', label: '' }, 'camera', list)).toBe('c');
		expect(deviceChange('camera', null, '', list, noDevicesNow)).toBeNull();
	});

	it('tells two devices of one name apart', () => {
		const list = listDevices([info('videoinput', 'a', 'C920'), info('videoinput', 'b', 'C920')], true);
		expect(list.choices.camera.map((choice) => choice.label)).toEqual(['C920', 'C920 (2)']);
	});

	it('says which way a camera looks, as far as the platform or its name tells', () => {
		const list = listDevices(
			[
				front,
				{ ...info('videoinput', 'r', 'Kamera'), getCapabilities: () => ({ facingMode: ['environment'] }) },
				info('videoinput', 'd', 'C920'),
				info('audioinput', 'm', 'Back microphone'),
			],
			true,
		);
		expect(list.choices.camera.map(({ facing }) => facing)).toEqual(['front', 'back', undefined]);
		expect(list.choices.microphone).toEqual([{ id: 'm', label: 'Back microphone' }]);
	});

	it('offers no speakers where none can be chosen', () => {
		const infos = [info('audiooutput', 'a', 'Speakers')];
		expect(listDevices(infos, false).choices.speaker).toEqual([]);
		expect(listDevices(infos, true).choices.speaker).toEqual([{ id: 'a', label: 'Speakers' }]);
	});

	it('knows nothing while the browser shows one nameless entry', () => {
		const list = listDevices([info('videoinput', '', '')], true);
		expect(list.choices.camera).toEqual([]);
		expect(list.known.camera).toBe(false);
	});

	it('knows that there is no camera when none is listed, and nothing of speakers', () => {
		const list = listDevices([desk], true);
		expect(list.known).toEqual({ microphone: true, camera: true, speaker: false });
	});

	it('does not share its lists with the empty one', () => {
		listDevices([desk], true);
		expect(noDevices.choices.microphone).toEqual([]);
	});
});

describe('a remembered choice', () => {
	const list = listDevices([desk, headset], true);

	it('means the device of that id', () => {
		expect(resolveDevice({ id: 'headset', label: 'other' }, 'microphone', list)).toBe('headset');
	});

	it('means the device of that label when ids have changed', () => {
		expect(resolveDevice({ id: 'old', label: 'Headset' }, 'microphone', list)).toBe('headset');
	});

	it('means the default when it is gone or was never made', () => {
		expect(resolveDevice({ id: 'old', label: 'Old' }, 'microphone', list)).toBeNull();
		expect(resolveDevice(null, 'microphone', list)).toBeNull();
	});

	it('is kept while it is not known which devices there are', () => {
		expect(resolveDevice({ id: 'old', label: 'Old' }, 'microphone', noDevices)).toBe('old');
	});
});

describe('what is said of a changed list', () => {
	const both = listDevices([desk, headset], true);
	const deskOnly = listDevices([desk], true);
	const choice = { id: 'headset', label: 'Headset' };

	it('says when the chosen device goes and when it is back', () => {
		expect(deviceChange('microphone', choice, null, both, deskOnly)).toEqual({
			type: 'device-lost',
			label: 'Headset',
		});
		expect(deviceChange('microphone', choice, null, deskOnly, both)).toEqual({
			type: 'device-changed',
			label: 'Headset',
		});
	});

	it('says when the default in use goes, by the name of its track', () => {
		const expected = { type: 'device-lost', label: 'Headset' };
		expect(deviceChange('microphone', null, 'Default - Headset', both, deskOnly)).toEqual(expected);
		expect(deviceChange('microphone', null, 'Headset', both, deskOnly)).toEqual(expected);
	});

	it('says nothing of devices that are not in use', () => {
		expect(deviceChange('microphone', null, null, both, deskOnly)).toBeNull();
		expect(deviceChange('microphone', null, 'Desk microphone', both, deskOnly)).toBeNull();
		expect(deviceChange('microphone', choice, null, both, both)).toBeNull();
	});

	it('says nothing when the devices only become known', () => {
		expect(deviceChange('microphone', choice, null, noDevices, deskOnly)).toBeNull();
	});
});
