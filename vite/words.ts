/**
 * Compiles the sentences in `src/lib/words/<language>` while building: ICU MessageFormat becomes plain functions and strings, so that browsers
 * need no parser. `?pseudo` turns English into a language that nobody speaks: accented, 40 % longer and in brackets. It shows what is not
 * translated, and what breaks when words grow.
 */
import MessageFormat from '@messageformat/core';
import compileModule from '@messageformat/core/lib/compile-module.js';
import { transformWithOxc, type Plugin } from 'vite';
import { pseudo } from './pseudo.ts';

const sentences = /\/src\/lib\/words\/([a-z]{2})\/([\w-]+)\.ts(\?pseudo)?$/;

/** For `matched.ts`. */
export const wordPatterns: readonly RegExp[] = [sentences];

export function words(): Plugin {
	return {
		name: 'parley-words',
		enforce: 'pre',
		transform: {
			filter: { id: sentences },
			async handler(source, id) {
				const [, language = '', , isPseudo] = sentences.exec(id) ?? [];
				const messages = await readMessages(source, id);
				const shown = isPseudo ? mapped(messages, pseudo) : messages;
				return { code: compile(language, shown), map: null };
			},
		},
	};
}

async function readMessages(source: string, id: string): Promise<Record<string, string>> {
	const { code } = await transformWithOxc(source, id.replace(/\?.*/, ''), { sourcemap: false });
	const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
		default: Record<string, string>;
	};
	return module.default;
}

function mapped(
	messages: Record<string, string>,
	change: (message: string) => string,
): Record<string, string> {
	return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, change(message)]));
}

export function compile(language: string, messages: Record<string, string>): string {
	const compiled = compileModule(new MessageFormat(language), messages);
	// A sentence without parameters becomes a string.
	return compiled.replaceAll(/^(\s+\S+): \(\) => "/gm, '$1: "');
}
