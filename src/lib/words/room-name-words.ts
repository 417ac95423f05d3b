/** Why a text can't be the name of a room, for whoever typed it or was sent it in a link. */
import { limits, type RefusedRoomName } from '../protocol';
import type { RoomLinkResult } from '../protocol/room-link';
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

/** Why what was typed into the field for a room's name or link leads nowhere. */
export function typedLinkWords(failure: Exclude<RoomLinkResult, { ok: true }>): string {
	switch (failure.reason) {
		case 'empty':
			return 'Type the name of a room, or paste its link';
		case 'bad-room-name':
			return roomNameWords(failure.name);
		case 'damaged-link':
			return 'This link is damaged: part of it was lost on the way. Ask for it again.';
		case 'not-a-room-link':
			return 'That address does not lead to a room';
		case 'other-server':
			return 'That room is on another server. Open its link in a new tab.';
	}
}

/** For the page in the place of a room whose address has such a name. */
export function roomNamePageWords(name: RefusedRoomName): { title: string; text: string } {
	return {
		title: 'No room can have this name',
		text: `${roomNameWords(name).replace(/\.$/, '')}. Ask for the link again, or start a call of your own.`,
	};
}
