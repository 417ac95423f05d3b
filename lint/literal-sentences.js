/**
 * What people read belongs in `src/lib/words`, by key. These selectors, for ESLint's `no-restricted-syntax`, find sentences written anywhere
 * else: any text in markup, and in code whatever looks like a sentence, which is a word with a capital followed by a word without. Errors and
 * console messages are for developers, and headers are for servers, so these are left out.
 * `src/app.html` and `static/manifest.webmanifest` are read by search engines and systems before any language is chosen, so they are in English
 * and say so. The manifest has translations beside it.
 */
const message = 'a sentence that people read belongs in src/lib/words, said by its key';

/** Attributes, and properties of our components, that are shown or read out. */
const read =
	'aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|text|caption|content';
const sentence = String.raw`/^\p{Lu}[\p{L}'’-]*[,:]? \p{Ll}/u`;
/** The beginning or the middle of a sentence that a value is inserted into. */
const piece = String.raw`/^\p{Lu}[\p{L}'’-]*[,:]? (\p{Ll}|$)| \p{Ll}+ \p{Ll}+ /u`;
/** Our own name is the same in every language. */
const text = String.raw`/^(?!\s*Parley\s*$)[^]*\p{L}/u`;
const forNobody = [
	'NewExpression[callee.name=/(Error|Exception)$/] *',
	'ClassDeclaration[superClass.name=/Error$/] CallExpression[callee.type="Super"] *',
	'CallExpression[callee.object.name="console"] *',
	'Property[key.name="authorization"] *',
];

const outside = forNobody.map((kind) => `:not(${kind})`).join('');

export const literalSentences = [
	{ selector: `:not(SvelteStyleElement) > SvelteText[value=${text}]`, message },
	{ selector: String.raw`SvelteAttribute[key.name=/^(${read})$/] > SvelteLiteral[value=/\p{L}/u]`, message },
	{ selector: `SvelteAttribute > SvelteLiteral[value=${sentence}]`, message },
	{ selector: `Literal[value=${sentence}]${outside}`, message },
	{
		selector: `TemplateLiteral[expressions.length>0] > TemplateElement[value.cooked=${piece}]${outside}`,
		message,
	},
];
