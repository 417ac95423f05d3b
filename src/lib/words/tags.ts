/** The marked parts of a sentence: `<b>…</b>`, `<a>…</a>`. `Sentence.svelte` draws them; they are not parsed as HTML. Pure. */
export interface SentencePart {
	tag: 'a' | 'b' | null;
	text: string;
}

export function partsOf(sentence: string): SentencePart[] {
	const pieces = sentence.split(/<([ab])>(.*?)<\/\1>/su);
	return pieces.flatMap((text, index): SentencePart[] => {
		if (index % 3 === 0) return text === '' ? [] : [{ tag: null, text }];
		return index % 3 === 1 ? [{ tag: text as 'a' | 'b', text: pieces[index + 1] ?? '' }] : [];
	});
}
