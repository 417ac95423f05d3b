/** Texts as people of many scripts write them, and as nobody should: what names, room names and messages are made of in tests. */
import type { Random } from './random';

/** A few words each, with the punctuation of their script. */
const words = [
	...['Ada', 'Straße', 'naïve', 'Łódź', 'İstanbul', 'Þór', 'don’t', 'x'],
	...['Встреча', 'Київ', 'Ёлка', 'Привет,', 'Αθήνα', 'ΣΊΣΥΦΟΣ', 'Մի՛', 'საქართველო'],
	...['שלום', 'עֶבְרִית', 'مرحبا', 'می‌خواهم', 'أَهْلًا،', '؟', 'ܫܠܡܐ', 'ދިވެހި'],
	...['会议', '你好，', '。', '「東京」', 'カタカナ', 'ﾊﾝｶｸ', 'ー', '한국어', 'ㄅㄆㄇ', '々'],
	...['हिन्दी', 'क्‍ष', 'বাংলা', 'தமிழ்', 'ไทย', 'ລາວ', 'ខ្មែរ', 'မြန်မာ', 'བོད་', 'ᠮᠣᠩᠭᠣᠯ'],
	...['👍', '👩‍👩‍👧', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🇺🇳', '1️⃣', '❤️', '𝕏', 'ａｂｃ', '①', '½'],
	...['123', '٤٢', '４２', '-', '_', '(', ')', '[', '】', '“', '”', '«', '*', '**', '|', "'", '…', '—'],
];
/** What is not seen, or takes more room than it should. */
const hostile = [
	...[
		'\u200b',
		'\u200d',
		'\u200c',
		'\u202e',
		'\u2066',
		'\u2069',
		'\u200f',
		'\ufeff',
		'\u00ad',
		'\u2800',
		'\u3164',
	],
	...[
		'\u0301',
		'\u0489',
		'\u20e3',
		'\ufe0f',
		'\u{e0041}',
		'\u{e0100}',
		'\ue000',
		'\ud800',
		'\uffff',
		'\u0000',
	],
	...[
		'\u0300\u0301\u0302\u0303\u0304\u0305\u0306',
		'\t',
		'\n',
		'\u2028',
		'\u00a0',
		'\u3000',
		'(you)',
		'（you）',
	],
];

/** Up to so many pieces, with and without spaces between them; some of them hostile. */
export function mixedText(random: Random, piecesMax: number): string {
	let text = '';
	const count = 1 + random.below(piecesMax);
	for (let n = 0; n < count; n++) {
		text += random.chance(0.2) ? random.pick(hostile) : random.pick(words);
		if (random.chance(0.4)) text += ' ';
	}
	return text;
}
