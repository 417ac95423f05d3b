/**
 * How failures of pages reach the server's log. SvelteKit's build and the server's are two bundles in one process and share no
 * modules, so they talk over a diagnostics channel of Node, which they both know by name.
 */
import { channel } from 'node:diagnostics_channel';

const failures = channel('parley:page-failure');

/** False when nobody listens. */
export function tellPageFailure(cause: unknown): boolean {
	const isHeard = failures.hasSubscribers;
	failures.publish({ cause });
	return isHeard;
}

/** Returns a function that stops listening. */
export function onPageFailure(listener: (cause: unknown) => void): () => void {
	const hear = (message: unknown) => listener((message as { cause: unknown }).cause);
	failures.subscribe(hear);
	return () => void failures.unsubscribe(hear);
}
