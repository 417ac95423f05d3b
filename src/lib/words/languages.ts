/**
 * The languages, and where the sentences of each one are, in parts that are loaded when needed. To add a language, add a folder like `de`, a file
 * like `de.ts` beside it, a line here in `languages` and in `others`, and its code in `static/early.js`, which chooses before the first paint.
 */
import type { Part, Sentences } from './catalog';

/** The languages in the settings, each under its own name. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

/** Nobody speaks these. They are for tests and screenshots (`vite/pseudo.ts`), and can be chosen only by what is stored in a browser. */
export const pseudoLanguages = ['en-XA', 'ar-XB'] as const;

export type PageLanguage = Language | (typeof pseudoLanguages)[number];

/** Each function loads one part. */
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

/** Every page loads this list and the one above, so the list of each other language is in a file of its own. */
const others: Record<Exclude<PageLanguage, 'en'>, () => Promise<{ default: Source }>> = {
	de: () => import('./de'),
	'en-XA': () => import('./pseudo'),
	'ar-XB': () => import('./pseudo'),
};

export function isLanguage(code: string): code is PageLanguage {
	return code === 'en' || code in others;
}

/** Rejects if it can't be loaded. */
export async function sourceOf(language: PageLanguage): Promise<Source> {
	return language === 'en' ? english : (await others[language]()).default;
}
