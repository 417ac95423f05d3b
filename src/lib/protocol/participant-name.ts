/**
 * What a participant may be called. One rule for what a person types, what a server accepts and what a client is told: everything in a name can
 * be seen. Invisible characters are removed, except where emoji and scripts need them, and accents can't pile up over the neighbours. Names that
 * still look alike are told apart on the tiles (`call/room/distinct-names.ts`).
 */
import { neededJoiner, unseen } from './invisible';
import { limits } from './limits';

const emoji = '\\p{Extended_Pictographic}\\p{Emoji_Modifier}?\\ufe0f?';
const joiner = '[\\u200c\\u200d]';
/** Sequences that contain invisible characters which belong to the character before them. */
const needed = [
	'\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}', // the flags of England, Scotland, Wales
	'[0-9#*]\\ufe0f\\u20e3', // keycaps
	emoji,
	'\\p{Script=Hani}[\\u{e0100}-\\u{e01ef}]',
	'(?=\\p{L})\\p{Script=Mong}[\\u180b-\\u180d\\u180f]',
].join('|');

const neverNeeded = new RegExp(
	`(?!${joiner}|[\\ufe0f\\u180b-\\u180d\\u180f\\u{e0020}-\\u{e007f}\\u{e0100}-\\u{e01ef}])${unseen}`,
	'gu',
);
const unneeded = new RegExp(`(${needed})|(?!${joiner})${unseen}`, 'gu');
/** Joiners stand between two characters, so they are checked when everything else is gone. */
const joiners = new RegExp(`(${emoji}(?:\\u200d${emoji})*|${neededJoiner})|${joiner}`, 'gu');
/** Includes Braille's blank, which is as wide and as empty as a space. */
const space = /[\s\p{Cc}\u2800]+/gu;
const baseless = /(^|\s)\p{M}+/gu;
/** Four marks are enough for every script in use; sixty reach over the neighbours' tiles. */
const stacked = /(\p{M}{4})\p{M}+/gu;

/** Something visible: a letter, number, punctuation mark or symbol by Unicode, or an emoji newer than this copy of Unicode. */
const visible = /[\p{L}\p{N}\p{P}\p{S}\p{Extended_Pictographic}]/u;

/** Trims, folds white space and removes what can't be seen. Empty if nothing visible is left. Doing it again changes nothing more. */
export function normaliseParticipantName(typed: string): string {
	const name = typed
		.replace(neverNeeded, '')
		.replace(unneeded, '$1')
		.normalize('NFC')
		.replace(space, ' ')
		.replace(joiners, '$1')
		.replace(baseless, '$1')
		.replace(stacked, '$1')
		.normalize('NFC')
		.replace(space, ' ')
		.trim();
	return visible.test(name) ? name : '';
}

/** A name from elsewhere, made fit to be shown: bounded and cleaned, and never empty. */
export function readParticipantName(said: string): string {
	const name = normaliseParticipantName(said.slice(0, limits.nameMax * 4));
	return normaliseParticipantName(name.slice(0, limits.nameMax)) || 'Nameless';
}
