/** Why a text can't be the name of a room, for whoever typed it or was sent it in a link. */
import { limits, type RefusedRoomName } from '../protocol';
import { isolate } from './isolate';

export function roomNameWords(name: RefusedRoomName): string {
	switch (name.problem) {
		case 'too-short':
			return `A room name needs at least ${limits.roomNameMin} letters or digits`;
		case 'too-long':
			return `A room name can't have more than ${limits.roomNameMax} letters`;
		case 'mixed':
			return 'This name mixes letters that look alike in different alphabets. Use one alphabet for each word.';
		case 'character':
			// A mark needs something to stand on.
			return `A room name can't contain ${isolate(name.character.replace(/^\p{M}/u, '◌$&'))}`;
	}
}

/** For the page in the place of a room whose address has such a name. */
export function roomNamePageWords(name: RefusedRoomName): { title: string; text: string } {
	return {
		title: 'No room can have this name',
		text: `${roomNameWords(name).replace(/\.$/, '')}. Ask for the link again, or start a call of your own.`,
	};
}
