/** Joins a list as the page's language writes it in a sentence. */
import { formatLocale } from './say';

export function listWords(items: readonly string[]): string {
	return new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(items);
}
