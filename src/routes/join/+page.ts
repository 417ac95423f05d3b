/**
 * Receives links that were shared with the app (`share_target` in the manifest) and leads on to their room. The service worker has normally found
 * the room already, unless it was not there yet or is older than this page.
 */
import { redirect } from '@sveltejs/kit';
import { roomPath } from '$lib/protocol/room-link';
import { parseSharedLink } from '$lib/protocol/pasted-link';
import type { PageLoad } from './$types';

// What was shared contains a secret, so it is read in the browser only.
export const ssr = false;

export const load: PageLoad = ({ url }) => {
	// Read directly, because SvelteKit gives no hash to a `load`. `static/early.js` has moved a query there, out of sight of any server.
	const hash = location.pathname === url.pathname ? location.hash.slice(1) : '';
	const fields = new URLSearchParams(hash || url.search);
	const shared = ['url', 'text', 'title'].map((field) => fields.get(field));
	const found = parseSharedLink(shared, url.origin);
	if (found.ok) redirect(307, roomPath(found.room, found.hash));
	return {
		otherSite: found.reason === 'other-server' ? found.url : null,
		// The share reached the server, which did not look at it, so the person has to share again.
		again: hash === 'again',
	};
};
