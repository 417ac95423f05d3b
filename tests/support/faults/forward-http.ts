/** Passes plain HTTP requests on, unchanged: what every proxy before a server does with pages and files. */
import { request, type RequestListener } from 'node:http';

export function forwardRequests(target: { port: number }): RequestListener {
	return (incoming, outgoing) => {
		const upstream = request(
			{
				host: '127.0.0.1',
				port: target.port,
				method: incoming.method,
				path: incoming.url,
				headers: incoming.headers,
			},
			(response) => {
				outgoing.writeHead(response.statusCode ?? 502, response.headers);
				response.pipe(outgoing);
			},
		);
		upstream.on('error', () => outgoing.destroy());
		outgoing.on('close', () => upstream.destroy());
		incoming.pipe(upstream);
	};
}
