/** What stands on a page that can't be shown. Comes with every page, and is apart from `words.ts`, which comes with a call. */
import { say } from './say';

export function pageErrorWords(status: number): { title: string; text: string } {
	if (status === 404) {
		return { title: say('pageNotFound'), text: say('pageNotFoundHelp') };
	}
	return { title: say('pageBroken'), text: say('pageBrokenHelp') };
}
