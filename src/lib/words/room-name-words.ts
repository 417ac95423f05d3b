/** Why a text can't be a room's name, for a person who typed it or was sent it in a link. */
import { limits, type RefusedRoomName } from '../protocol';
import type { RoomLinkResult } from '../protocol/room-link';
import { isolate } from './isolate';
import { say } from './say';

export function roomNameWords(name: RefusedRoomName): string {
	switch (name.problem) {
		case 'too-short':
			return say('nameTooShort', { count: limits.roomNameMin });
		case 'too-long':
			return say('nameTooLong', { count: limits.roomNameMax });
		case 'mixed':
			return say('nameMixed');
		case 'character':
			// A combining mark needs a character to stand on.
			return say('nameCharacter', { character: isolate(name.character.replace(/^\p{M}/u, '◌$&')) });
	}
}

/** Why the text in the field for a room's name or link leads nowhere. */
export function typedLinkWords(failure: Exclude<RoomLinkResult, { ok: true }>): string {
	switch (failure.reason) {
		case 'empty':
			return say('typeOrPaste');
		case 'bad-room-name':
			return roomNameWords(failure.name);
		case 'damaged-link':
			return say('pastedDamaged');
		case 'not-a-room-link':
			return say('pastedNoRoom');
		case 'other-server':
			return say('pastedElsewhere');
	}
}

/** For the page that is shown instead of a room when the name in the address is refused. */
export function roomNamePageWords(name: RefusedRoomName): { title: string; text: string } {
	return {
		title: say('nameRefused'),
		text: say('nameRefusedHelp', { why: roomNameWords(name).replace(/\.$/, '') }),
	};
}
