/**
 * Texts of people that are drawn outside the box they belong in. Runs in the page.
 * @returns {string[]} what is outside, in words
 */
export function outsideBoxes() {
	/** What holds texts, and what of it they may not leave. */
	const boxes = [
		{ box: '.message', within: '[role="log"]' },
		{ box: '.group h3', within: '[role="log"]' },
		{ box: '.tile .label', within: '.tile' },
		{ box: '.tile .trouble', within: '.tile' },
		{ box: '.toast', within: '.stage' },
		{ box: 'h1', within: 'body' },
		{ box: 'textarea', within: 'form' },
	];
	/** @type {string[]} */
	const found = [];
	for (const { box: selector, within } of boxes) {
		for (const box of document.querySelectorAll(selector)) {
			const rect = box.getBoundingClientRect();
			const outer = box.closest(within)?.getBoundingClientRect();
			if (rect.width === 0 || !outer) continue;
			const name = `${selector} "${(box.textContent ?? '').trim().slice(0, 20)}"`;
			if (rect.left < outer.left - 1 || rect.right > outer.right + 1) found.push(`${name} leaves ${within}`);
			if (!box.closest('.visually-hidden') && getComputedStyle(box).position !== 'absolute')
				check(box, rect, name);
		}
	}
	return found;

	/** Every line of text, unless an element in between cuts it off. @param {Element} box @param {DOMRect} rect @param {string} name */
	function check(box, rect, name) {
		const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			if (node.parentElement?.closest('.visually-hidden, svg') || isCut(node.parentElement, box)) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const line of range.getClientRects()) {
				if (line.width === 0) continue;
				const sideways = line.left < rect.left - 1 || line.right > rect.right + 1;
				const upright = line.top < rect.top - 4 || line.bottom > rect.bottom + 4;
				if (sideways || upright) return void found.push(`${name} has text outside of it`);
			}
		}
	}

	/** @param {Element | null} element @param {Element} box */
	function isCut(element, box) {
		for (let each = element; each && each !== box; each = each.parentElement) {
			if (getComputedStyle(each).overflowX !== 'visible') return true;
		}
		return false;
	}
}
