/** Where what was shared into the installed app arrives (`share_target` of the manifest): on into the room it leads to. */
import { redirect } from '@sveltejs/kit';
import { roomPath } from '$lib/protocol/room-link';
import { parseSharedLink } from '$lib/protocol/shared-link';
import type { PageLoad } from './$types';

// The link's secret stands in this address. The service worker answers it, so that no server sees it, and it is read in the
// browser only.
export const ssr = false;

export const load: PageLoad = ({ url }) => {
	const shared = ['url', 'text', 'title'].map((field) => url.searchParams.get(field));
	const result = parseSharedLink(shared, url.origin);
	if (result.ok) redirect(307, roomPath(result.room, result.hash));
	return { otherServer: result.reason === 'other-server' ? result.url : null };
};
