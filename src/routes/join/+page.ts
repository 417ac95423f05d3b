/**
 * Where links arrive that were shared into the app (`share_target` of the manifest): on into the room they lead to. The service worker has found the
 * room by itself unless it was not there yet, or is older than this page.
 */
import { redirect } from '@sveltejs/kit';
import { roomPath } from '$lib/protocol/room-link';
import { parseSharedLink } from '$lib/protocol/pasted-link';
import type { PageLoad } from './$types';

// There is a secret in what was shared: it is read in the browser only.
export const ssr = false;

export const load: PageLoad = ({ url }) => {
	// Read past SvelteKit, which gives no hash to a `load`. `static/early.js` has put a query there, out of sight of any server.
	const hash = location.pathname === url.pathname ? location.hash.slice(1) : '';
	const fields = new URLSearchParams(hash || url.search);
	const shared = ['url', 'text', 'title'].map((field) => fields.get(field));
	const found = parseSharedLink(shared, url.origin);
	if (found.ok) redirect(307, roomPath(found.room, found.hash));
	return {
		otherSite: found.reason === 'other-server' ? found.url : null,
		// The server was asked, and has looked away.
		again: hash === 'again',
	};
};
