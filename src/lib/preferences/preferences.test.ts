import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../tests/support/fake-platform';
import {
	defaultPreferences,
	deletePreferences,
	readPreferences,
	rememberRoom,
	updatePreferences,
} from './preferences';

const key = 'parley.preferences';

const [secret, otherSecret] = ['A', 'B'].map((letter) => letter.repeat(22)) as [string, string];
const known = { room: 'team-sync', secret, visitedAt: 1 };

function stored(value: unknown) {
	return memoryStore(new Map([[key, typeof value === 'string' ? value : JSON.stringify(value)]]));
}

describe('preferences', () => {
	it('are the defaults where nothing, nonsense or another version is stored', () => {
		for (const value of ['', '{', 'null', '7', '[]', '{"version":2,"name":"Ann"}']) {
			expect(readPreferences(stored(value))).toEqual(defaultPreferences);
		}
		expect(readPreferences(memoryStore())).toEqual(defaultPreferences);
	});

	it('lose only the field that cannot be read', () => {
		const camera = { id: 'c', label: 'Camera' };
		const preferences = readPreferences(
			stored({
				version: 1,
				name: 'Ann',
				theme: 'purple',
				microphone: 'yes',
				devices: { microphone: 5, camera, speaker: null },
				recentRooms: [{ room: 7 }, known, { ...known, secret: 'short' }, { ...known, room: 'x'.repeat(65) }],
			}),
		);
		expect(preferences).toEqual({
			...defaultPreferences,
			name: 'Ann',
			devices: { microphone: null, camera, speaker: null },
			recentRooms: [known],
		});
	});

	it('change one field at a time, over what another tab has written meanwhile', () => {
		const storage = memoryStore();
		updatePreferences(storage, { name: 'Ann' });
		updatePreferences(storage, { theme: 'dark' });
		expect(readPreferences(storage)).toEqual({ ...defaultPreferences, name: 'Ann', theme: 'dark' });
	});

	it('are not remembered where storage is refused, and nothing breaks', () => {
		const refused = { get: () => null, set: () => {}, remove: () => {} };
		expect(updatePreferences(refused, { name: 'Ann' }).name).toBe('Ann');
		expect(readPreferences(refused).name).toBe('');
	});

	it('keep the secret of a room when it is visited without one, and when by a link with another', () => {
		const storage = stored({ version: 1, recentRooms: [known] });
		rememberRoom(storage, { ...known, secret: null, visitedAt: 2 });
		const { recentRooms } = rememberRoom(storage, { ...known, secret: otherSecret, visitedAt: 3 });
		expect(recentRooms.map(({ secret }) => secret)).toEqual([otherSecret, null, secret]);
	});

	it('keep twelve rooms, the latest first and each link once', () => {
		const storage = memoryStore();
		for (let visit = 1; visit <= 14; visit++) {
			rememberRoom(storage, { room: `room-${visit}`, secret: null, visitedAt: visit });
		}
		const { recentRooms } = rememberRoom(storage, { room: 'room-9', secret: null, visitedAt: 15 });
		expect(recentRooms.map(({ room }) => room).slice(0, 3)).toEqual(['room-9', 'room-14', 'room-13']);
		expect(recentRooms).toHaveLength(12);
		expect(readPreferences(storage).recentRooms).toEqual(recentRooms);
	});

	it('can be deleted', () => {
		const storage = memoryStore();
		updatePreferences(storage, { name: 'Ann' });
		deletePreferences(storage);
		expect(storage.get(key)).toBeNull();
	});
});
