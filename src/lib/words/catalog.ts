/**
 * The keys of all sentences and the parameters of each, derived from the English ones by the compiler. An unknown key, a missing parameter or one
 * too many does not compile. Types only.
 */
import type { GetICUArgs } from '@schummar/icu-type-parser';
import type app from './en/app';
import type call from './en/call';
import type check from './en/check';
import type home from './en/home';
import type inside from './en/inside';
import type problems from './en/problems';
import type room from './en/room';
import type settings from './en/settings';
import type shortcuts from './en/shortcuts';

interface Parts {
	app: typeof app;
	home: typeof home;
	room: typeof room;
	call: typeof call;
	inside: typeof inside;
	problems: typeof problems;
	shortcuts: typeof shortcuts;
	settings: typeof settings;
	check: typeof check;
}

export type Part = keyof Parts;
/** All sentences, as English writes them. */
export type Catalog = Parts[keyof Parts] extends infer Each ? Merged<Each> : never;
type Merged<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
	? All
	: never;

export type Key = keyof Catalog;

interface Values {
	ICUArgument: string | number;
	ICUNumberArgument: number;
	ICUDateArgument: Date;
}
type Params<K extends Key> = GetICUArgs<Catalog[K], Values>;

/** The arguments of `say`: no parameters if the sentence takes none. */
export type Said<K extends Key> = keyof Params<K> extends never ? [key: K] : [key: K, params: Params<K>];

/** Sentences as they are loaded: compiled by `vite/words.ts`. */
export type Sentences = Record<string, string | ((params: never) => string)>;

/** What another language must have: the same keys, and no others. A test checks its parameters. */
export type Translation<English> = Record<keyof English, string>;
