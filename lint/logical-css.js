/**
 * Finds `left` and `right` in style sheets where the start or the end of the text is meant. Svelte's own parser reads style sheets as well as
 * components, so we need no other linter with its own parser. What truly belongs to one side stays, with a comment before it that begins with
 * "Physical:".
 */
import { parse } from 'svelte/compiler';

const sided =
	/^(left|right|(scroll-)?(margin|padding)-(left|right)|border-(left|right)(-.+)?|border-(top|bottom)-(left|right)-radius|overflow-[xy]-(left|right))$/;
const fourSides = /^((scroll-)?(margin|padding)|inset|border-(width|style|color))$/;
const sideWords =
	/^(float|clear|text-align(-last)?|justify-(content|items|self)|transform-origin|(background|object|mask)-position|caption-side|offset-position)$/;
const moves = /^(translate|transform|offset-path)$/;

/** The values of a shorthand: separated by spaces, except those inside brackets. @param {string} value */
const piecesOf = (value) => value.match(/(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+/g) ?? [];

/** How far a translation moves along the line, if it does. @param {string} value */
function alongOf(value) {
	const [, inner] = /translate(?:X|3d)?\((.*)\)/s.exec(value) ?? [];
	if (inner !== undefined) return inner.split(/,(?![^(]*\))/)[0]?.trim();
	return /\w\(/.test(value) && !/^(calc|var|min|max|clamp)\(/.test(value) ? undefined : piecesOf(value)[0];
}

/** @param {string} property @param {string} value */
function isPhysical(property, value) {
	if (sided.test(property)) return true;
	if (/safe-area-inset-(left|right)|linear-gradient\(\s*to[^,]*(left|right)/.test(value)) return true;
	if (sideWords.test(property)) return /\b(left|right)\b/.test(value);
	if (fourSides.test(property)) {
		const [, right, , left] = piecesOf(value);
		return left !== undefined && left !== right;
	}
	if (property === 'border-radius') {
		const [topLeft, topRight = topLeft, bottomRight = topLeft, bottomLeft = topRight] = piecesOf(value);
		return topLeft !== topRight || bottomRight !== bottomLeft;
	}
	if (moves.test(property) && value !== 'none') {
		const along = alongOf(value);
		return along !== undefined && !/^-?0\w*$/.test(along) && !along.includes('--forward');
	}
	return false;
}

/**
 * @param {string} source of a component or a style sheet
 * @param {string} file tells by its name which of the two it is
 * @returns {string[]} each place as `file:line: declaration`
 */
export function physicalPlaces(source, file) {
	const text = file.endsWith('.css') ? `<style>${source}</style>` : source;
	/** @type {string[]} */
	const places = [];
	/** @param {any} node */
	const visit = (node) => {
		if (Array.isArray(node)) return node.forEach(visit);
		if (node === null || typeof node !== 'object') return;
		const isDirective = node.type === 'StyleDirective';
		if (node.type === 'Declaration' || isDirective) {
			const property = isDirective ? node.name : node.property;
			const value = isDirective
				? text.slice(node.start, node.end).replace(/^[^=]*=?["{]?|["}]$/g, '')
				: node.value;
			const before = text.slice(0, node.start);
			if (isPhysical(property, value) && !/\/\*\s*Physical: [^*]+\*\/\s*$/.test(before))
				places.push(`${file}:${before.split('\n').length}: ${property}: ${value}`);
		}
		for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child);
	};
	visit(parse(text, { modern: true, filename: file }));
	return places;
}
