/**
 * The languages there are, and where each one's sentences lie, in parts that are loaded when they are needed. To add a language: a folder like `de`,
 * a line here in `languages` and `sources`, and its code in `static/early.js`, which chooses before the first paint.
 */
import type { Part, Sentences } from './catalog';

/** Those that the settings offer, each by its own name for itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** Nobody speaks these: they are for tests and pictures (`vite/pseudo.ts`), and only what is stored in a browser chooses them. */
export const pseudoLanguages = ['en-XA', 'ar-XB'] as const;

type Source = Record<Part, () => Promise<{ default: Sentences }>>;

const pseudo: Source = {
	app: () => import('./en/app?pseudo'),
	home: () => import('./en/home?pseudo'),
	room: () => import('./en/room?pseudo'),
	call: () => import('./en/call?pseudo'),
	inside: () => import('./en/inside?pseudo'),
	problems: () => import('./en/problems?pseudo'),
	shortcuts: () => import('./en/shortcuts?pseudo'),
	settings: () => import('./en/settings?pseudo'),
	check: () => import('./en/check?pseudo'),
};

export const allParts = Object.keys(pseudo) as Part[];

export const sources: Record<Language | (typeof pseudoLanguages)[number], Source> = {
	en: {
		app: () => import('./en/app'),
		home: () => import('./en/home'),
		room: () => import('./en/room'),
		call: () => import('./en/call'),
		inside: () => import('./en/inside'),
		problems: () => import('./en/problems'),
		shortcuts: () => import('./en/shortcuts'),
		settings: () => import('./en/settings'),
		check: () => import('./en/check'),
	},
	de: {
		app: () => import('./de/app'),
		home: () => import('./de/home'),
		room: () => import('./de/room'),
		call: () => import('./de/call'),
		inside: () => import('./de/inside'),
		problems: () => import('./de/problems'),
		shortcuts: () => import('./de/shortcuts'),
		settings: () => import('./de/settings'),
		check: () => import('./de/check'),
	},
	'en-XA': pseudo,
	'ar-XB': pseudo,
};
