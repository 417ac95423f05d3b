/**
 * [H4] A subscription as it travels over HTTP: tRPC puts what is asked for into the address, which is written down on the way, by proxies and
 * others; here it is moved into the body. Once the stream is open there is no difference.
 */
import type { EventSourceFetchInit } from 'eventsource';

/** What to call `fetch` with, in place of what an event source would call it with. */
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
