/** What stands on a page that can't be shown. Comes with every page, and is apart from `words.ts`, which comes with a call. */

/** For a page that can't be shown. `code` is what the page's `load` gave as its reason. */
export function pageErrorWords(status: number, code: string): { title: string; text: string } {
	if (code === 'bad-room-name') {
		return {
			title: 'No room can have this name',
			text: 'Room names are 3 to 64 letters and digits, with no signs but hyphens, and one alphabet for each word. Ask for the link again, or start a call of your own.',
		};
	}
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
