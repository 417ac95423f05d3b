import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, type Token } from '@messageformat/parser';
import { pseudo } from '../../../vite/pseudo';
import { allParts, languages, pseudoLanguages } from './languages';

/** As they are written: these imports are not compiled. */
const written = import.meta.glob<string>('./*/*.ts', { query: '?raw', import: 'default', eager: true });

function messagesOf(language: string, part: string): Record<string, string> {
	const source = written[`./${language}/${part}.ts`] ?? '';
	const body = source.replace(/^import .*$/gm, '').replace(/ as const( satisfies .*)?;/, ';');
	return new Function(body.replace('export default', 'return'))() as Record<string, string>;
}

const all = (language: string) =>
	Object.assign({}, ...allParts.map((part) => messagesOf(language, part))) as Record<string, string>;

/** Each parameter with what it is used as, and each choice that it decides. */
function parametersOf(tokens: Token[]): string[] {
	const found = tokens.flatMap((token) => {
		if (token.type === 'argument') return [token.arg];
		if (token.type === 'function') return [`${token.arg}, ${token.key}`];
		if (token.type === 'select' || token.type === 'plural') {
			const keys = token.type === 'select' ? token.cases.map(({ key }) => key).sort() : [];
			const inner = token.cases.flatMap(({ tokens: each }) => parametersOf(each));
			return [`${token.arg}, ${token.type} ${keys.join()}`, ...inner];
		}
		return [];
	});
	return [...new Set(found)].sort();
}

const parameters = (message: string) => parametersOf(parse(message));
const tags = (message: string) => (message.match(/<\/?\w+>/g) ?? []).sort();
const english = all('en');
const others = Object.keys(languages).filter((language) => language !== 'en');

describe('the sentences', () => {
	it('have each key once, whatever part it is in', () => {
		const keys = allParts.flatMap((part) => Object.keys(messagesOf('en', part)));
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
		expect(keys.length).toBeGreaterThan(30);
	});

	it('lie in parts that are all known', () => {
		const files = readdirSync(join(import.meta.dirname, 'en')).map((file) => file.replace('.ts', ''));
		expect(files.sort()).toEqual([...allParts].sort());
	});

	for (const language of others) {
		it(`are the same in ${language}, part by part, and take the same parameters`, () => {
			for (const part of allParts) {
				const [here, there] = [messagesOf('en', part), messagesOf(language, part)];
				expect(Object.keys(there).sort()).toEqual(Object.keys(here).sort());
				for (const [key, message] of Object.entries(here)) {
					expect(parameters(there[key] ?? ''), `${language} ${key}`).toEqual(parameters(message));
					expect(tags(there[key] ?? ''), `${language} ${key}`).toEqual(tags(message));
				}
			}
		});
	}

	it('have every plural form that their language has', () => {
		for (const language of Object.keys(languages)) {
			const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
			const check = (tokens: Token[], key: string): void => {
				for (const token of tokens) {
					if (token.type !== 'plural' && token.type !== 'select') continue;
					const cases = token.cases.map((each) => each.key);
					if (token.type === 'plural' && cases.length > 1)
						expect(cases, `${language} ${key}`).toEqual(expect.arrayContaining(forms));
					for (const each of token.cases) check(each.tokens, key);
				}
			};
			for (const [key, message] of Object.entries(all(language))) check(parse(message), key);
		}
	});

	it('are chosen before the first paint from the same languages', () => {
		const early = readFileSync('static/early.js', 'utf8');
		const [, offered = ''] = /languages = \[(.*?)\]/.exec(early) ?? [];
		const [, hidden = ''] = /\.\.\.languages, (.*?)\]/.exec(early) ?? [];
		expect(offered.replaceAll("'", '').split(', ')).toEqual(Object.keys(languages));
		expect(hidden.replaceAll("'", '').split(', ')).toEqual([...pseudoLanguages]);
	});
});

it('of the manifest are there in every language, beside the English ones', () => {
	type Texts = Record<string, unknown>;
	const manifest = JSON.parse(readFileSync('static/manifest.webmanifest', 'utf8')) as Texts & {
		shortcuts: Texts[];
	};
	// The name of the app is the same everywhere.
	const texts = [
		[manifest, 'description'] as const,
		...manifest.shortcuts.flatMap((one) => [[one, 'name'] as const, [one, 'short_name'] as const]),
	].filter(([of, name]) => of[name] !== undefined);
	expect(texts).toHaveLength(4);
	for (const [of, name] of texts) {
		expect(Object.keys(of[`${name}_localized`] ?? {}), `${name}: ${String(of[name])}`).toEqual(others);
	}
});

describe('the pseudo-language', () => {
	it('is longer by 40 %, in brackets, and takes what English takes', () => {
		expect(pseudo('Leave call')).toMatch(/^\[.*\]$/);
		for (const [key, message] of Object.entries(english)) {
			expect(parameters(pseudo(message)), key).toEqual(parameters(message));
			expect(tags(pseudo(message)), key).toEqual(tags(message));
		}
		const length = (messages: string[]) => messages.join('').length;
		const plain = Object.values(english).filter((message) => !message.includes('{'));
		const growth = length(plain.map(pseudo)) / length(plain);
		expect(growth).toBeGreaterThan(1.35);
		expect(growth).toBeLessThan(1.6);
	});
});
