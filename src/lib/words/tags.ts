/** What stands out in a sentence: `<b>…</b>`, `<a>…</a>`. They are drawn by `Sentence.svelte`, and are no markup. Pure. */
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
