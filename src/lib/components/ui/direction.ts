/** The direction of the page's language, for what style sheets don't decide. */
export function pageDirection(): 'ltr' | 'rtl' {
	return document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr';
}
