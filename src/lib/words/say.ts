/**
 * Every sentence that people read, by its key, in the language of the page. A page never changes its language: to choose another, it is reloaded.
 * Sentences come in parts, each loaded before the code that uses it is shown.
 */
import type { Key, Part, Said, Sentences } from './catalog';
import { isLanguage, sourceOf, type PageLanguage } from './languages';

const sentences: Sentences = {};
const loading = new Map<Part, Promise<void>>();

/** The language that `static/early.js` has chosen. Pages that are rendered by the build or the server are English. */
export function pageLanguage(): PageLanguage {
	const chosen = typeof document === 'undefined' ? 'en' : document.documentElement.lang;
	return isLanguage(chosen) ? chosen : 'en';
}

/** The locale for dates, numbers and lists: the page's language, in the variant that this browser prefers. */
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

/** Rejects if a part can't be loaded; then it can be tried again. */
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

/** Loads code together with the sentences that it uses. */
export async function withWords<Loaded>(parts: Part | Part[], load: () => Promise<Loaded>): Promise<Loaded> {
	const [loaded] = await Promise.all([load(), loadWords(...[parts].flat())]);
	return loaded;
}
