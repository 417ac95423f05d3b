/**
 * What a tab does when the language is changed in another tab. The sentences on an open page never change, so the page has to be reloaded: at
 * once if nothing is lost by that, otherwise when the person goes to another page anyway. Pure.
 */

/** `edited`: the person has typed or chosen something on this page. */
export function mayReloadFor({ path, edited }: { path: string; edited: boolean }): boolean {
	// A room would lose a camera, a place in the queue, a call or how it ended; a check would lose what it has found.
	return !edited && !/^\/(room|check)(\/|$)/.test(path);
}
