/**
 * What a person reads stands in `src/lib/words`, by key. These selectors, for ESLint's `no-restricted-syntax`, find it written where it is said: any
 * text in markup, and in code what looks like a sentence, which is two words and a capital. What is thrown or written to the console is for developers, and a header for a server.
 * `src/app.html` and `static/manifest.webmanifest` are read by search engines and systems before any language is chosen: in English, as they say, and the
 * manifest in other languages by the side.
 */
const message = 'a sentence that people read belongs in src/lib/words, said by its key';

/** Attributes, and properties of our components, that are read or read out. */
const read =
	'aria-(label|description|roledescription|valuetext|placeholder)|title|placeholder|alt|label|text|caption|content';
const sentence = String.raw`/^\p{Lu}[\p{L}'’-]*[,:]? \p{Ll}/u`;
/** The beginning of one that something is put into, or its middle. */
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
