/** Was ein Raum sagt, von der Lobby bis zum Ende, solange nichts schiefgeht. */
import type english from '../en/room';
import type { Translation } from '../catalog';

export default {
	unread: '{count, plural, other {# ungelesen}}',
} as const satisfies Translation<typeof english>;
