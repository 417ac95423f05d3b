/** A list as a sentence of the page's language writes it. */
import { formatLocale } from './say';

export function listWords(items: readonly string[]): string {
	return new Intl.ListFormat(formatLocale(), { type: 'conjunction' }).format(items);
}
