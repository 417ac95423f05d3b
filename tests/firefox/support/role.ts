/**
 * Finds elements by role and accessible name from inside the page, as people and screen readers tell them apart. Firefox's own
 * accessibility tree would say it better (`::-p-aria`, used in `around.test.ts`), but in a call each question to it takes 3 to 12 s.
 */
import { Puppeteer } from 'puppeteer-core';

export type Role =
	| 'button'
	| 'combobox'
	| 'complementary'
	| 'dialog'
	| 'heading'
	| 'link'
	| 'list'
	| 'listitem'
	| 'log'
	| 'menuitem'
	| 'menuitemcheckbox'
	| 'region'
	| 'status'
	| 'textbox'
	| 'toolbar';

/** A selector for what has this role and exactly this name. One selector in front of another means: inside of it. */
export function byRole(role: Role, name: string): string {
	return `::-p-role(${JSON.stringify(`${role}|${name}`)})`;
}

/** Tells Puppeteer what `byRole` means. */
export function registerRoles(): void {
	if (Puppeteer.customQueryHandlerNames().includes('role')) return;
	Puppeteer.registerCustomQueryHandler('role', { queryAll });
}

/** Runs in the page, as text: nothing from outside of it is in its reach. */
function queryAll(root: Node, selector: string): Element[] {
	const elementsOf: Record<string, string> = {
		button: 'button, summary',
		combobox: 'select',
		complementary: 'aside',
		dialog: 'dialog',
		heading: 'h1, h2, h3, h4, h5, h6',
		link: 'a[href]',
		list: 'ul, ol',
		listitem: 'li',
		region: 'section',
		textbox: 'textarea, input:not([type]), input[type="text"]',
	};
	const namedByContent = new Set(['button', 'heading', 'link', 'menuitem', 'menuitemcheckbox']);
	const border = selector.indexOf('|');
	const role = selector.slice(0, border);
	const wanted = selector.slice(border + 1);

	const isHidden = (element: Element) =>
		!element.checkVisibility({ visibilityProperty: true }) ||
		element.closest('[aria-hidden="true"], [inert]') !== null;

	const spoken = (node: Node): string => {
		if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? '';
		if (!(node instanceof Element) || node.getAttribute('aria-hidden') === 'true') return '';
		return (
			node.getAttribute('aria-label') ?? node.getAttribute('alt') ?? [...node.childNodes].map(spoken).join('')
		);
	};

	const nameOf = (element: Element): string => {
		const labelledBy = element.getAttribute('aria-labelledby')?.split(/\s+/) ?? [];
		const labels = (element as Partial<HTMLInputElement>).labels ?? [];
		const given = labelledBy.map((id) => document.getElementById(id)).filter((label) => label !== null);
		if (given.length > 0) return given.map(spoken).join(' ');
		const label = element.getAttribute('aria-label');
		if (label !== null) return label;
		if (labels.length > 0) return [...labels].map(spoken).join(' ');
		return namedByContent.has(role) ? spoken(element) : '';
	};

	const implicit = elementsOf[role];
	const candidates = (root as ParentNode).querySelectorAll(
		`[role="${role}"]${implicit ? `, :is(${implicit}):not([role])` : ''}`,
	);
	return [...candidates].filter(
		(element) => !isHidden(element) && nameOf(element).replace(/\s+/g, ' ').trim() === wanted,
	);
}
