/**
 * Where something that another app shared with this one leads. Its form was sent to the server's address and is answered here, so that no server
 * sees the secret in it. What is found is passed on after a `#`, which browsers keep to themselves.
 */
import { roomPath } from '../lib/protocol/room-link';
import { parseSharedLink } from '../lib/protocol/pasted-link';

/** The fields of `share_target` in the manifest, the likeliest first. */
const fields = ['url', 'text', 'title'];

export function sharedAddress(form: Pick<FormData, 'get'>, origin: string): string {
	const texts = fields.map((field) => {
		const value = form.get(field);
		return typeof value === 'string' ? value : null;
	});
	const found = parseSharedLink(texts, origin);
	if (found.ok) return origin + roomPath(found.room, found.hash);
	const rest =
		found.reason === 'other-server' ? `#${new URLSearchParams({ url: found.url }).toString()}` : '';
	return `${origin}/join${rest}`;
}
