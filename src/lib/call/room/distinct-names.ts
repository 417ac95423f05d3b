/**
 * Makes names in one room distinct when they look the same: " (2)", " (3)" after the name, in the order in which people joined, and so the
 * same on every screen. Pure. Anybody may use any name; only what is shown differs.
 */
import type { ParticipantId } from '../../protocol';

/** Cyrillic and Greek letters that look like Latin ones, and dashes and apostrophes that look like each other. */
const lookalikes = table(
	['АаВЕеЅѕІіЇїЈјКМНОоРрСсТУуХхһԁԛԝҮүЁё', 'AaBEeSsIiÏïJjKMHOoPpCcTYyXxhdqwYyËë'],
	['ΑαΒΕΖΗΙΚκΜΝνΟοΡρΤΥυΧχϲϳΪϊ', 'AaBEZHIKkMNvOoPpTYuXxcjÏï'],
	['‐‑‒–—−’‘ʼ´`', "------'''''"],
);
/** Characters that only some typefaces tell apart. */
const alikeInPrint = table(['I1|0', 'lllO']);

/** What the person's own tile and screen are called. Nobody else should be called that. */
const ours = /^(you(r screen)?|du|dein bildschirm)$/;
/**
 * What the app writes after names: whose tile it is, what is on it, that the author has left. A name is never shown with such a mark of its
 * own.
 */
const marks: readonly string[] = [
	...['you', 'screen', 'your screen', 'earlier'],
	...['du', 'bildschirm', 'dein bildschirm', 'vorhin'],
];
/** A part in brackets; at the end of a name, which may have been cut, also without the closing bracket. */
const bracketed = /\s*[\p{Ps}\p{Pi}<]([^\p{Ps}\p{Pi}<\p{Pe}\p{Pf}>]*)(?:[\p{Pe}\p{Pf}>]|$)/gu;

/** The label of each, by id. `people`: everybody in the room, ourselves included, in the order in which they joined. */
export function distinctNames(
	people: readonly { id: ParticipantId; name: string }[],
): Map<ParticipantId, string> {
	const taken = new Set<string>();
	/** Where counting goes on for each name, so that a hundred people with one name are not each counted from two. */
	const counts = new Map<string, number>();
	const labels = new Map<ParticipantId, string>();
	for (const { id, name: said } of people) {
		const name = withoutMarks(said);
		const looks = looksOf(name);
		let label = name;
		let number = counts.get(looks[0]) ?? 1;
		if (number > 1 || ours.test(looks[0])) label = `${name} (${++number})`;
		while (looksOf(label).some((look) => taken.has(look))) label = `${name} (${++number})`;
		counts.set(looks[0], Math.max(number, 1));
		for (const look of looksOf(label)) taken.add(look);
		labels.set(id, label);
	}
	return labels;
}

/** A name without the marks that only the app may write after names. If nothing else would be left, only the brackets are removed. */
export function withoutMarks(name: string): string {
	let kept = name;
	// Removing one mark may form another from what was around it.
	for (let before = ''; before !== kept;) {
		before = kept;
		kept = kept.replace(bracketed, (whole, word: string) => (isMark(word) ? '' : whole)).trim();
	}
	return kept || name.replace(bracketed, ' $1').trim();
}

function isMark(word: string): boolean {
	return looksOf(word).some((look) => marks.includes(look));
}

export function namesLookAlike(one: string, other: string): boolean {
	const looks = looksOf(other);
	return looksOf(one).some((look) => looks.includes(look));
}

/** Two names look the same if they share one of these: how the name is read, and how it is drawn. */
function looksOf(name: string): [asRead: string, asDrawn: string] {
	const plain = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
	const drawn = replaceBy(lookalikes, plain);
	return [fold(drawn), fold(replaceBy(alikeInPrint, drawn))];
}

function fold(name: string): string {
	// To upper and back to lower case: some letters share a capital, and ß becomes two letters.
	const folded = name.toUpperCase().toLowerCase().normalize('NFKC');
	return folded.replace(/\s+/g, ' ').trim();
}

function replaceBy(letters: ReadonlyMap<string, string>, text: string): string {
	return Array.from(text, (letter) => letters.get(letter) ?? letter).join('');
}

function table(...rows: [from: string, to: string][]): ReadonlyMap<string, string> {
	return new Map(
		rows.flatMap(([from, to]) =>
			Array.from(from, (letter, index) => [letter, to[index] ?? letter] as [string, string]),
		),
	);
}
