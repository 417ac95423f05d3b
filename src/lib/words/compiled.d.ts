/** The pseudo-language that `vite/words.ts` makes of English. */
declare module '*?pseudo' {
	const sentences: import('./catalog').Sentences;
	export default sentences;
}
