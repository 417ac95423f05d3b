import { error } from '@sveltejs/kit';
import { readRoomParts } from '$lib/protocol/room-link';
import { placeIn } from '$lib/system/history-place';
import type { EntryGenerator, PageLoad } from './$types';

// Cameras, peers and the secret after the `#` exist only in a browser.
export const ssr = false;

// So the pages of all rooms are the same until they run. The build renders one, which stands for all of them when there is no network:
// `src/service-worker` names it. The server still renders one for each request.
export const prerender = 'auto';
export const entries: EntryGenerator = () => [{ room: 'any-room' }];

export const load: PageLoad = ({ params }) => {
	const link = readRoomParts(params.room);
	if (!link.ok && link.reason === 'bad-room-name') error(404, { message: link.reason, roomName: link.name });
	// The part comes from the path, since a `load` is not given what is after the `#`. As for the place: after a reload, SvelteKit rewrites the
	// history entry, and this is the last moment to read it.
	return { part: params.room, place: placeIn(history.state) };
};
