/**
 * Every sentence that a person reads, by its key, in the language of the page. The language never changes while a page lives: to choose another is to
 * load the page again. Sentences come in parts, which are loaded before what says them is shown.
 */
import type { Key, Part, Said, Sentences } from './catalog';
import { isLanguage, sourceOf, type PageLanguage } from './languages';

const sentences: Sentences = {};
const loading = new Map<Part, Promise<void>>();

/** As `static/early.js` has chosen it. Pages that are made while building, or by the server, are English. */
export function pageLanguage(): PageLanguage {
	const chosen = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
	return isLanguage(chosen) ? chosen : 'en';
}

/** What `Intl` is to write dates, numbers and lists by: the language, as it is written where this browser is at home. */
export function formatLocale(): string {
	const [language = ''] = pageLanguage().replace('ar-XB', 'en').split('-');
	const spoken = typeof navigator === 'undefined' ? [] : navigator.languages;
	return spoken.find((tag) => tag.split('-')[0] === language) ?? language;
}

export function say<K extends Key>(...[key, params]: Said<K>): string {
	const sentence = sentences[key];
	if (typeof sentence === 'function') return sentence((params ?? {}) as never);
	return sentence ?? key;
}

async function loadPart(part: Part): Promise<void> {
	const source = await sourceOf(pageLanguage());
	Object.assign(sentences, (await source[part]()).default);
}

/** Rejects where one can't be loaded; then it can be tried again. */
export async function loadWords(...parts: Part[]): Promise<void> {
	await Promise.all(
		parts.map((part) => {
			const load = loading.get(part) ?? loadPart(part);
			loading.set(part, load);
			load.catch(() => loading.delete(part));
			return load;
		}),
	);
}

/** Loads code together with the sentences it says. */
export async function withWords<Loaded>(parts: Part | Part[], load: () => Promise<Loaded>): Promise<Loaded> {
	const [loaded] = await Promise.all([load(), loadWords(...[parts].flat())]);
	return loaded;
}
