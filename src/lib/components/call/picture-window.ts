/**
 * Puts the call into a window whose document is empty: copies the page's styles and theme there, and mounts the component. Loaded when such a
 * window is first opened.
 */
import { mount, unmount, type ComponentProps } from 'svelte';
import PictureWindow from './PictureWindow.svelte';

/** `props` may be getters, which are followed reactively. The returned function takes everything out again. */
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

/** As a constructed sheet, because the content security policy, which the window inherits, allows no inline styles. */
function copyStyles(window: Window): CSSStyleSheet {
	// A sheet belongs to the document whose constructor made it.
	const { CSSStyleSheet: Sheet } = window as unknown as { CSSStyleSheet: typeof CSSStyleSheet };
	const sheet = new Sheet();
	const rules = [...document.styleSheets].flatMap(({ cssRules }) =>
		[...cssRules].map((rule) => rule.cssText),
	);
	sheet.replaceSync(rules.join('\n'));
	return sheet;
}
