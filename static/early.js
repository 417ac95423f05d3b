// What can't wait for the app: a link that was shared into it, which must not stay in the address; a chosen theme and the language, before the
// first paint would flash another one; and the browser's offer to install, which is made once. A file of its own because the content security policy
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
const root = document.documentElement;
// Which ones there are is said in `src/lib/words/languages.ts`. The last two are nobody's, and for tests.
const languages = ['en', 'de'];
const stored = [...languages, 'en-XA', 'ar-XB'];
const spoken = (navigator.languages ?? [navigator.language]).map((tag) => tag.toLowerCase().split('-')[0]);
let language = spoken.find((tag) => languages.includes(tag)) ?? 'en';
try {
	const { theme, language: chosen } = JSON.parse(localStorage.getItem('parley.preferences') ?? '{}');
	if (stored.includes(chosen)) language = chosen;
	if (theme === 'light' || theme === 'dark') {
		root.dataset.theme = theme;
		const shown = document.querySelector(`meta[name="theme-color"][media*="${theme}"]`)?.content;
		for (const meta of document.querySelectorAll('meta[name="theme-color"]')) meta.content = shown;
	}
} catch {
	// Storage is refused or its text is not ours: the system's theme it is, and the browser's language.
}
root.lang = language;
root.dir = language === 'ar-XB' ? 'rtl' : 'ltr';
// Pages come in English: another language is waited for (`src/routes/+layout.svelte` shows the page), yet not for ever. The tab can't be empty.
if (language !== 'en') {
	const named = new MutationObserver(() => {
		if (!document.title) return;
		named.disconnect();
		document.title = 'Parley';
	});
	named.observe(document.head, { childList: true, subtree: true });
	root.dataset.words = 'awaited';
	setTimeout(() => delete root.dataset.words, 10_000);
}
addEventListener('beforeinstallprompt', (event) => {
	event.preventDefault();
	window.installPrompt = event;
});
