/**
 * Decides what a test run does, from the arguments after `npm test --`: none for everything, otherwise names of parts, files or folders.
 * `test.mjs` runs it.
 */

/**
 * @typedef {object} TestPlan
 * @property {boolean} lint format, lint, types and unused code
 * @property {'anew' | 'if changed' | 'no'} build
 * @property {string[] | null} unit arguments for Vitest; empty runs everything, `null` nothing
 * @property {string[] | null} e2e the same for Playwright
 */

/** @type {Record<string, TestPlan>} */
const parts = {
	lint: { lint: true, build: 'no', unit: null, e2e: null },
	unit: { lint: false, build: 'no', unit: ['src', 'scripts', 'lint'], e2e: null },
	integration: { lint: false, build: 'if changed', unit: ['tests/integration'], e2e: null },
	e2e: { lint: false, build: 'if changed', unit: null, e2e: ['tests/e2e'] },
	firefox: { lint: false, build: 'if changed', unit: null, e2e: ['tests/firefox'] },
};

/** @type {TestPlan} */
const everything = { lint: true, build: 'anew', unit: [], e2e: [] };

/**
 * @param {readonly string[]} wanted @param {(path: string) => boolean} isThere whether this file or folder exists
 * @returns {TestPlan | { problem: string }}
 */
export function planTests(wanted, isThere) {
	if (wanted.length === 0) return everything;
	/** @type {TestPlan} */
	let plan = { lint: false, build: 'no', unit: null, e2e: null };
	for (const name of wanted) {
		const part = Object.hasOwn(parts, name) ? parts[name] : isThere(name) ? planOf(name) : undefined;
		if (!part)
			return {
				problem: `There is no part "${name}", and no file. Parts: ${Object.keys(parts).join(', ')}; or a file or folder of tests.`,
			};
		plan = {
			lint: plan.lint || part.lint,
			build: part.build === 'no' ? plan.build : part.build,
			unit: together(plan.unit, part.unit),
			e2e: together(plan.e2e, part.e2e),
		};
	}
	return plan;
}

/** @param {string} path @returns {TestPlan} */
function planOf(path) {
	const plain = path.replace(/^\.\//, '').replace(/\/$/, '');
	const part = Object.values(parts).find(({ e2e }) => e2e?.some((folder) => isIn(plain, folder)));
	if (part) return { ...part, e2e: [plain] };
	return { lint: false, build: isIn(plain, 'tests') ? 'if changed' : 'no', unit: [plain], e2e: null };
}

/** @param {string} path @param {string} folder */
function isIn(path, folder) {
	return path === folder || path.startsWith(`${folder}/`);
}

/** @param {string[] | null} some @param {string[] | null} more */
function together(some, more) {
	return some && more ? [...some, ...more] : (some ?? more);
}
