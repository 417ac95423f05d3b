import { error } from '@sveltejs/kit';
import { readRoomParts } from '$lib/protocol/room-link';
import { placeIn } from '$lib/system/history-place';
import type { EntryGenerator, PageLoad } from './$types';

// Cameras, peers and the secret after the `#` exist in a browser only.
export const ssr = false;

// So every room's page is the same until it runs. One is made while building, and stands for all of them where there is no
// network: `src/service-worker` names it. The server goes on making them for each request.
export const prerender = 'auto';
export const entries: EntryGenerator = () => [{ room: 'any-room' }];

export const load: PageLoad = ({ params }) => {
	const link = readRoomParts(params.room);
	if (!link.ok && link.reason === 'bad-room-name') error(404, { message: link.reason, roomName: link.name });
	// The part is of the address; what stands behind its `#` nobody tells a `load`. As for the place: after a reload SvelteKit writes the
	// entry anew, and this is the last moment to look.
	return { part: params.room, place: placeIn(history.state) };
};
