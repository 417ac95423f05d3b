/** The text of a page that can't be shown. Loaded with every page, and so kept apart from `words.ts`, which is loaded with a room. */
import { say } from './say';

export function pageErrorWords(status: number): { title: string; text: string } {
	if (status === 404) {
		return { title: say('pageNotFound'), text: say('pageNotFoundHelp') };
	}
	return { title: say('pageBroken'), text: say('pageBrokenHelp') };
}
