/**
 * The languages there are, and where each one's sentences lie, in parts that are loaded when they are needed. To add a language: a folder like `de`, a
 * file like `de.ts` beside it, a line here in `languages` and `others`, and its code in `static/early.js`, which chooses before the first paint.
 */
import type { Part, Sentences } from './catalog';

/** Those that the settings offer, each by its own name for itself. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** Nobody speaks these: they are for tests and pictures (`vite/pseudo.ts`), and only what is stored in a browser chooses them. */
export const pseudoLanguages = ['en-XA', 'ar-XB'] as const;

export type PageLanguage = Language | (typeof pseudoLanguages)[number];

/** Loads one part each. */
export type Source = Record<Part, () => Promise<{ default: Sentences }>>;

const english: Source = {
	app: () => import('./en/app'),
	home: () => import('./en/home'),
	room: () => import('./en/room'),
	call: () => import('./en/call'),
	inside: () => import('./en/inside'),
	problems: () => import('./en/problems'),
	shortcuts: () => import('./en/shortcuts'),
	settings: () => import('./en/settings'),
	check: () => import('./en/check'),
};

export const allParts = Object.keys(english) as Part[];

/** Each page carries this list and the one above, so another language's own list lies in a file of its own. */
const others: Record<Exclude<PageLanguage, 'en'>, () => Promise<{ default: Source }>> = {
	de: () => import('./de'),
	'en-XA': () => import('./pseudo'),
	'ar-XB': () => import('./pseudo'),
};

export function isLanguage(code: string): code is PageLanguage {
	return code === 'en' || code in others;
}

/** Rejects where it can't be loaded. */
export async function sourceOf(language: PageLanguage): Promise<Source> {
	return language === 'en' ? english : (await others[language]()).default;
}
