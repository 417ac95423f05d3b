/**
 * What a tab does when the language is changed in another one. Sentences don't change on a page that is shown, so it is loaded again: at once where
 * nothing is lost by it, and otherwise when it would give way to another page anyhow. Pure.
 */

/** `edited`: somebody has typed or chosen something on this page. */
export function mayReloadFor({ path, edited }: { path: string; edited: boolean }): boolean {
	// In a room there is a camera, a place in a queue, a call, or how one ended; a check has what it has found so far.
	return !edited && !/^\/(room|check)(\/|$)/.test(path);
}
