/** What is read on a page, looked at from inside it: whether it is in the pseudo-language (`vite/pseudo.ts`), and whether it is all there. */

/** Texts and accessible names that are not in the pseudo-language. Runs in the page. What people write in these tests has no Latin letters. */
export function notPseudo(): string[] {
	/** Links, what is typed, and what is the same in every language. */
	const apart = '[translate="no"], [dir="ltr"], code, kbd, time, textarea, svg, script, style, noscript';
	/** A key has the letter that is on it, a device its own name, and each language its own for itself. */
	const names = /^[A-Z]$|^(English|Deutsch)$|Parley|fake_\w+|Fake [\w ]+|UDP|TCP|VP8|VP9|H264|AV1|Opus/g;
	/** Each of these has an accent there. */
	const plain = /[aceginosuyz]/i;
	const read = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label', 'data-shortcut'];
	const found: string[] = [];
	const check = (text: string | null, where: string) => {
		if (text !== null && plain.test(text.trim().replace(names, ''))) found.push(`${where} "${text.trim()}"`);
	};
	check(document.title, 'title');
	for (const element of document.body.querySelectorAll('*')) {
		if (element.closest(apart)) continue;
		const where = `${element.localName}.${element.classList[0] ?? ''}`;
		for (const name of read) check(element.getAttribute(name), `${where}[${name}]`);
		for (const node of element.childNodes)
			if (node.nodeType === Node.TEXT_NODE) check(node.textContent, where);
	}
	return found;
}

/** Texts of ours that do not fit, and a page that is wider than the window. Runs in the page. */
export function cutOff(): string[] {
	const { scrollWidth, clientWidth } = document.documentElement;
	const found = scrollWidth > clientWidth ? [`scrolls sideways by ${scrollWidth - clientWidth}`] : [];
	for (const field of document.querySelectorAll<HTMLInputElement>('input[placeholder]')) {
		const { font, paddingLeft, paddingRight } = getComputedStyle(field);
		const canvas = document.createElement('canvas').getContext('2d');
		if (!canvas) continue;
		canvas.font = font;
		const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
		if (canvas.measureText(field.placeholder).width > room + 1)
			found.push(`placeholder "${field.placeholder}" does not fit`);
	}
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node; node = walker.nextNode()) {
		const element = node.parentElement;
		const text = node.textContent?.trim() ?? '';
		// What is ours is in brackets. Names of people and rooms may be cut, and so may "You" in the place of one; its tile is read out in full.
		if (!element || !/[[\]]/.test(text) || isHidden(element) || element.closest('.caption')) continue;
		const range = document.createRange();
		range.selectNodeContents(node);
		const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
		const cutter = lines.map((line) => cutterOf(element, line)).find((each) => each !== null);
		if (cutter !== undefined) found.push(`"${text}" is cut off by ${cutter}`);
	}
	return found;

	function isHidden(element: Element): boolean {
		return (
			element.closest('.visually-hidden, #svelte-announcer, option, script, style') !== null ||
			!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
		);
	}

	/** What has an edge of its own may hold no text outside of it; what scrolls down may be longer. */
	function cutterOf(element: Element, line: DOMRect): string | null {
		if (line.left < -1 || line.right > innerWidth + 1) return 'the window';
		for (let each: Element | null = element; each; each = each.parentElement) {
			const { overflowX, overflowY, position } = getComputedStyle(each);
			const box = each.getBoundingClientRect();
			const name = `${each.localName}.${each.classList[0] ?? ''}`;
			const holds = overflowX !== 'visible' || /^(button|a|dialog|select)$/.test(each.localName);
			if (holds && box.width > 1 && (line.left < box.left - 2 || line.right > box.right + 2)) return name;
			const holdsUpright = /hidden|clip/.test(overflowY) || each.localName === 'button';
			if (holdsUpright && box.height > 1 && (line.top < box.top - 3 || line.bottom > box.bottom + 3))
				return name;
			// A fixed box is cut by none of those around it.
			if (position === 'fixed') return null;
			// What has been scrolled away is not cut.
			if (/auto|scroll/.test(overflowY)) return null;
		}
		return null;
	}
}
