/** Sets light or dark, for the page and for what the system draws around it. `static/early.js` does the same before the first paint. */
import type { Preferences } from '../../preferences/preferences';

/** The same as in `app.html` and in the manifest. */
const colours = { light: '#f5f6f3', dark: '#0f1513' };

export function showTheme(theme: Preferences['theme']): void {
	const { dataset } = document.documentElement;
	if (theme === 'system') delete dataset['theme'];
	else dataset['theme'] = theme;
	for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
		const system = meta.media.includes('dark') ? 'dark' : 'light';
		meta.content = colours[theme === 'system' ? system : theme];
	}
}
