/**
 * [H4] How a subscription travels over HTTP: tRPC puts its input into the address, which proxies and others on the way write down, so here
 * the input is moved into the body. Once the stream is open there is no difference.
 */
import type { EventSourceFetchInit } from 'eventsource';

/** The arguments for `fetch`, in place of those that an event source would use. */
export function inBody(
	address: string | URL,
	init: EventSourceFetchInit,
	headers: Record<string, string>,
): [URL, RequestInit] {
	const url = new URL(address);
	const input = url.searchParams.get('input');
	url.search = '';
	return [
		url,
		{
			...init,
			...{ method: 'POST', body: input },
			headers: { ...init.headers, ...headers, 'Content-Type': 'application/json' },
		},
	];
}
