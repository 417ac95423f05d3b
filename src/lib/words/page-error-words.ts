/** What stands on a page that can't be shown. Comes with every page, and is apart from `words.ts`, which comes with a call. */

export function pageErrorWords(status: number): { title: string; text: string } {
	if (status === 404) {
		return {
			title: 'Nothing is here',
			text: 'The address may be mistyped, or only part of a link. Ask for it again.',
		};
	}
	return {
		title: 'Something went wrong',
		text: 'This page could not be shown. Reload it, or start again from home.',
	};
}
