/**
 * Puts the call into a window that has no document to speak of: brings the page's styles and theme there, and the component.
 * Loaded when such a window is first opened.
 */
import { mount, unmount, type ComponentProps } from 'svelte';
import PictureWindow from './PictureWindow.svelte';

/** `props` may be getters: what they read is followed. The returned function takes everything out again. */
export function fillPictureWindow(
	window: Window,
	title: string,
	props: ComponentProps<typeof PictureWindow>,
): () => void {
	const { document: target } = window;
	target.title = title;
	for (const { name, value } of document.documentElement.attributes) {
		target.documentElement.setAttribute(name, value);
	}
	target.adoptedStyleSheets = [copyStyles(window)];
	const component = mount(PictureWindow, { target: target.body, props });
	return () => void unmount(component);
}

/** As a constructed sheet: the content security policy, which comes along into that window, allows no inline ones. */
function copyStyles(window: Window): CSSStyleSheet {
	// Sheets belong to the document of their constructor.
	const { CSSStyleSheet: Sheet } = window as unknown as { CSSStyleSheet: typeof CSSStyleSheet };
	const sheet = new Sheet();
	const rules = [...document.styleSheets].flatMap(({ cssRules }) =>
		[...cssRules].map((rule) => rule.cssText),
	);
	sheet.replaceSync(rules.join('\n'));
	return sheet;
}
