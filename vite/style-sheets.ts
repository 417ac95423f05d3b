/**
 * Vite's loader for a part's style sheets remembers a failed sheet as loaded, so the next try would show the part without it. This makes it
 * forget the failed one.
 */
import type { Plugin } from 'vite';

const loader = /vite\/preload-helper/;

/** For `matched.ts`. */
export const styleSheetPatterns: readonly RegExp[] = [loader];

export function styleSheetsAgain(): Plugin {
	return {
		name: 'parley-style-sheets-again',
		apply: 'build',
		transform: {
			filter: { id: loader },
			handler(code) {
				const mended = code.replace(/seen\[href\] = void 0;(\s*throw err;)/, 'delete seen[href];$1');
				if (mended === code)
					this.error('Vite loads style sheets in another way: see whether it still forgets them');
				return { code: mended, map: null };
			},
		},
	};
}
