import { error } from '@sveltejs/kit';
import { normaliseRoomName } from '$lib/protocol/room-name';
import type { EntryGenerator, PageLoad } from './$types';

// Cameras, peers and the secret after the `#` exist in a browser only.
export const ssr = false;

// So every room's page is the same until it runs. One is made while building, and stands for all of them where there is no
// network: `src/service-worker` names it. The server goes on making them for each request.
export const prerender = 'auto';
export const entries: EntryGenerator = () => [{ room: 'any-room' }];

export const load: PageLoad = ({ params }) => {
	const room = normaliseRoomName(params.room);
	if (room === null) error(404, 'bad-room-name');
	return { room };
};
