/** Which way the language of the page runs, for what style sheets don't decide. */
export function pageDirection(): 'ltr' | 'rtl' {
	return document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr';
}
