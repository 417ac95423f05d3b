// What can't wait for the app: a link that was shared into it, which must not stay in the address; a chosen theme, before the first paint
// would flash the other one; and the browser's offer to install, which is made once. A file of its own because the content security policy
// allows no script inside the page.
// A link whose `#` was escaped has its secret in the path; and one cut off inside of an escape can't be decoded.
if (location.pathname.startsWith('/room/')) {
	let hash = location.hash;
	try {
		decodeURIComponent(hash);
	} catch {
		hash = hash.replaceAll('%', '%25');
	}
	const path = location.pathname.replace(/%(25)*23/, '#') + location.search + hash;
	if (path !== location.pathname + location.search + location.hash) history.replaceState(history.state, '', path);
}
if (location.pathname === '/join' && location.search) {
	history.replaceState(history.state, '', `/join#${location.search.slice(1)}`);
}
try {
	const { theme } = JSON.parse(localStorage.getItem('parley.preferences') ?? '{}');
	if (theme === 'light' || theme === 'dark') {
		document.documentElement.dataset.theme = theme;
		const shown = document.querySelector(`meta[name="theme-color"][media*="${theme}"]`)?.content;
		for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = shown;
	}
} catch {
	// Storage is refused or its text is not ours: the system's theme it is.
}
addEventListener('beforeinstallprompt', (event) => {
	event.preventDefault();
	window.installPrompt = event;
});
