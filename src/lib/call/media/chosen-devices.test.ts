import { beforeEach, expect, it } from 'vitest';
import { memoryStore } from '../../../../tests/support/fake-platform';
import type { KeyValueStore } from '../../platform/platform';
import { readPreferences, updatePreferences } from '../../preferences/preferences';
import { createChosenDevices, type ChosenDevices } from './chosen-devices';

const device = (id: string) => ({ id, label: `The ${id} one` });
const [front, back, desk] = [device('front'), device('back'), device('desk')];
let storage: KeyValueStore;
let chosen: ChosenDevices;

beforeEach(() => {
	storage = memoryStore();
	updatePreferences(storage, { devices: { microphone: null, camera: front, speaker: null } });
	chosen = createChosenDevices(storage);
});
const keptCamera = () => readPreferences(storage).devices.camera;

it('uses for now what is chosen, and keeps it only where that is said', () => {
	chosen.choose('camera', back);
	expect(chosen.current('camera')).toEqual(back);
	expect(keptCamera()).toEqual(front);
	expect(chosen.isSettled('camera', 'back')).toBe(false);
	chosen.returnToKept('camera');
	expect(chosen.current('camera')).toEqual(front);
	chosen.choose('camera', back);
	chosen.keep('camera', back);
	expect(keptCamera()).toEqual(back);
	expect(chosen.isSettled('camera', 'back')).toBe(true);
});

it('takes back a choice that gives nothing: of several quick ones, all of them', () => {
	for (const choice of [back, desk]) {
		chosen.choose('camera', choice);
		chosen.keep('camera', choice);
	}
	chosen.handleRefused('camera', 'desk');
	expect([chosen.current('camera'), keptCamera()]).toEqual([front, front]);
	expect(chosen.isRefused('camera', 'desk')).toBe(false);
});

it('takes back no choice that was seen to work: that one is left alone until devices change', () => {
	chosen.choose('camera', back);
	chosen.keep('camera', back);
	chosen.handleWorks('camera');
	chosen.handleRefused('camera', 'back');
	expect([chosen.current('camera'), keptCamera()]).toEqual([back, back]);
	expect(chosen.isRefused('camera', 'back')).toBe(true);
	chosen.handleNewList();
	expect(chosen.isRefused('camera', 'back')).toBe(false);
});

it('asks again for what gave nothing when it is chosen again', () => {
	chosen.handleRefused('camera', 'front');
	chosen.choose('camera', front);
	expect(chosen.isRefused('camera', 'front')).toBe(false);
});

it('follows what another tab has kept, says which kinds that is, and writes nothing back', () => {
	expect(chosen.follow({ microphone: null, camera: { ...front }, speaker: null })).toEqual([]);
	expect(chosen.follow({ microphone: null, camera: back, speaker: desk })).toEqual(['camera', 'speaker']);
	expect(chosen.current('camera')).toEqual(back);
	expect(keptCamera()).toEqual(front);
	chosen.choose('camera', desk);
	chosen.follow({ microphone: null, camera: front, speaker: desk });
	chosen.handleRefused('camera', 'front');
	expect(chosen.current('camera'), 'of before the other tab is nothing left to go back to').toEqual(front);
});
