/**
 * How people of one room are told apart when their names look the same: " (2)", " (3)" behind the name, in the order in which
 * they joined, and so the same on every screen. Pure. Nobody is kept from a name; only what is shown differs.
 */
import type { ParticipantId } from '../../protocol';

/** Letters of Cyrillic and Greek that are drawn like Latin ones. */
const lookalikes = table(
	['АаВЕеЅѕІіЇїЈјКМНОоРрСсТУуХхһԁԛԝҮүЁё', 'AaBEeSsIiÏïJjKMHOoPpCcTYyXxhdqwYyËë'],
	['ΑαΒΕΖΗΙΚκΜΝνΟοΡρΤΥυΧχϲϳΪϊ', 'AaBEZHIKkMNvOoPpTYuXxcjÏï'],
	['‐‑‒–—−’‘ʼ´`', "------'''''"],
);
/** What only some typefaces tell apart. */
const alikeInPrint = table(['I1|0', 'lllO']);

/** What one's own tile and screen are called, which nobody else's should be. */
const ours = /^(you(r screen)?|du|dein bildschirm)$/;
/** What the app writes behind names: whose tile it is, what is on it, that its author is gone. Nobody is shown with one of their own. */
const marks: readonly string[] = [
	...['you', 'screen', 'your screen', 'earlier'],
	...['du', 'bildschirm', 'dein bildschirm', 'vorhin'],
];
/** Or at the end without the second bracket, as a name that was cut. */
const bracketed = /\s*[\p{Ps}\p{Pi}<]([^\p{Ps}\p{Pi}<\p{Pe}\p{Pf}>]*)(?:[\p{Pe}\p{Pf}>]|$)/gu;

/** What each is called here, by id. `people`: all of the room, oneself as well, in the order in which they joined. */
export function distinctNames(
	people: readonly { id: ParticipantId; name: string }[],
): Map<ParticipantId, string> {
	const taken = new Set<string>();
	/** Where counting goes on for a name, so that a hundred of one name do not each count from two. */
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

/** A name without what only the app may write behind one; as it was where nothing else is left. */
export function withoutMarks(name: string): string {
	let kept = name;
	// What was around one may make another.
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

/** Two names look the same when they share one of these: as it is read, and as it is drawn. */
function looksOf(name: string): [asRead: string, asDrawn: string] {
	const plain = name.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}/gu, '');
	const drawn = replaceBy(lookalikes, plain);
	return [fold(drawn), fold(replaceBy(alikeInPrint, drawn))];
}

function fold(name: string): string {
	// Up and down: some letters have one capital, and ß has two.
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
