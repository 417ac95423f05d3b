/** What SvelteKit does around each page on the server. */
import type { HandleServerError } from '@sveltejs/kit';
import { dev } from '$app/environment';
import { tellPageFailure } from './server/page-failures';

/**
 * Left to itself, SvelteKit writes every path that it has no page for to the terminal, whatever `LOG_LEVEL` says, and paths
 * hold names of rooms. An address that leads nowhere is its sender's doing, and the page says so; what we did wrong goes
 * into the log.
 */
export const handleError: HandleServerError = ({ error, status }) => {
	if (status < 500) return;
	const isHeard = tellPageFailure(error);
	// The log leaves the message out, which may quote what was sent; whoever develops wants it.
	if (dev || !isHeard) console.error(error);
};
