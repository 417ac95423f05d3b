/**
 * How pages that fail reach the server's log. SvelteKit's build and the server's are two bundles in one process and share no
 * module: what they share is a channel of Node, by its name.
 */
import { channel } from 'node:diagnostics_channel';

const failures = channel('parley:page-failure');

/** False when nobody listens. */
export function tellPageFailure(cause: unknown): boolean {
	const isHeard = failures.hasSubscribers;
	failures.publish({ cause });
	return isHeard;
}

/** Returns how to stop listening. */
export function onPageFailure(listener: (cause: unknown) => void): () => void {
	const hear = (message: unknown) => listener((message as { cause: unknown }).cause);
	failures.subscribe(hear);
	return () => void failures.unsubscribe(hear);
}
