// What can't wait for the app: a link that was shared with it, which must not stay in the address; the chosen theme and language, so that the first
// paint shows no other; and the browser's offer to install, which comes only once. It is a file of its own because the content security policy
// allows no script inside the page.
// If the `#` of a link was escaped, the secret is in the path. If a link was cut off inside an escape, it can't be decoded.
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
// `src/lib/words/languages.ts` lists them too. The last two are for tests, and nobody speaks them.
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
	// Storage is refused, or the text in it is not ours: use the system's theme and the browser's language.
}
root.lang = language;
root.dir = language === 'ar-XB' ? 'rtl' : 'ltr';
// Pages arrive in English. Another language is waited for (`src/routes/+layout.svelte` shows the page), but not for ever. The tab needs a title
// meanwhile.
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
