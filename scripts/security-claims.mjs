/**
 * Reads `docs/SECURITY.md`: what it claims, and what each claim rests on. Every sentence about what somebody can or can't do is a list item.
 * Below it are the tests that show it (`Test: file › title`) or the reason why no test can (`Reason: …`). Knows nothing of the tree.
 */

/**
 * @typedef {{ file: string, title: string }} TestName
 * @typedef {{ text: string, tests: TestName[], reasons: string[] }} Claim
 */

const claimStart = /^- (.*)$/;
const testLine = /^ {2}- Test: `([^`]+)` › (.+)$/;
const reasonLine = /^ {2}- Reason: (.+)$/;
/** The least number of characters in the beginning of a title whose end is left open. */
const startMin = 10;
/** Says whom a section is about, once for each section. It makes no claim. */
const whoLine = /^Who: /;

/**
 * Everything before the first section explains how to read the rest, and is skipped.
 * @param {string} markdown
 * @returns {{ claims: Claim[], stray: string[] }} `stray`: lines that claim something but are not list items
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
		// Claims that run over several lines are indented.
		else if (line && !line.startsWith('#') && !(claim && /^ {2,}[^- ]/.test(line))) stray.push(line);
		if (!line || text) inWho = false;
	}
	return { claims, stray };
}

/**
 * Whether this source has a test with that title. If part of a title is only known when the test runs, the title ends before that part, with `…`.
 * @param {string} source @param {string} title
 */
export function hasTest(source, title) {
	const start = title.replace(/…$/, '');
	// Too short to identify a test.
	if (start.length < startMin && start !== title) return false;
	return ["'", '"', '`'].some((quote) => {
		const written = start.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
		const at = source.indexOf(quote + written);
		return at >= 0 && (start !== title || source[at + written.length + 1] === quote);
	});
}
