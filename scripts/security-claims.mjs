/**
 * Reads `docs/SECURITY.md`: what it claims, and what each claim rests on. Every sentence about what somebody can or can't do is an item of a list,
 * and has below it the tests that show it (`Test: file › title`) or the reason why none can (`Reason: …`). Knows nothing of the tree.
 */

/**
 * @typedef {{ file: string, title: string }} TestName
 * @typedef {{ text: string, tests: TestName[], reasons: string[] }} Claim
 */

const claimStart = /^- (.*)$/;
const testLine = /^ {2}- Test: `([^`]+)` › (.+)$/;
const reasonLine = /^ {2}- Reason: (.+)$/;
/** Characters of a title that is not known to its end. */
const startMin = 10;
/** Who it is about, once a section: not a claim, and nothing that could be one. */
const whoLine = /^Who: /;

/**
 * What stands before the first section says how to read the rest.
 * @param {string} markdown
 * @returns {{ claims: Claim[], stray: string[] }} `stray`: lines that claim something without being an item of a list
 */
export function readClaims(markdown) {
	/** @type {Claim[]} */
	const claims = [];
	/** @type {string[]} */
	const stray = [];
	const sections = markdown.slice(markdown.indexOf('\n## ') + 1);
	let inWho = false;
	for (const line of sections.split('\n')) {
		const claim = claims.at(-1);
		const [, file = '', title = ''] = testLine.exec(line) ?? [];
		const [, reason = ''] = reasonLine.exec(line) ?? [];
		const [, text = ''] = claimStart.exec(line) ?? [];
		if (text) claims.push({ text, tests: [], reasons: [] });
		else if (file && claim) claim.tests.push({ file, title });
		else if (reason && claim) claim.reasons.push(reason);
		else if (whoLine.test(line) || (inWho && line)) inWho = true;
		// Longer ones go on, further to the right.
		else if (line && !line.startsWith('#') && !(claim && /^ {2,}[^- ]/.test(line))) stray.push(line);
		if (!line || text) inWho = false;
	}
	return { claims, stray };
}

/**
 * Whether this source has a test of that title. Where a title holds what is only known as it runs, it is named up to there.
 * @param {string} source @param {string} title
 */
export function hasTest(source, title) {
	const start = title.replace(/…$/, '');
	// Not enough to tell one by.
	if (start.length < startMin && start !== title) return false;
	return ["'", '"', '`'].some((quote) => {
		const written = start.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
		const at = source.indexOf(quote + written);
		return at >= 0 && (start !== title || source[at + written.length + 1] === quote);
	});
}
