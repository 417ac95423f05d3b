/**
 * Keeps an element clear of the on-screen keyboard. Chromium shrinks the page by itself (`interactive-widget` in `app.html`). Safari puts its
 * keyboard over the page, and only the visual viewport shows that.
 */
import type { Attachment } from 'svelte/attachments';

/** Sets `--keyboard` on the element: how many pixels of the page's lower edge are covered. */
export const keyboardInset: Attachment<HTMLElement> = (element) => {
	const viewport = window.visualViewport;
	if (!viewport) return;
	const measure = () => {
		const covered = window.innerHeight - viewport.height - viewport.offsetTop;
		element.style.setProperty('--keyboard', `${Math.max(0, Math.round(covered))}px`);
	};
	measure();
	viewport.addEventListener('resize', measure);
	viewport.addEventListener('scroll', measure);
	return () => {
		viewport.removeEventListener('resize', measure);
		viewport.removeEventListener('scroll', measure);
	};
};
