import { expect, it } from 'vitest';
import { authorWords, noAuthors, withPresent, type Authors } from './chat-authors';

const seen = (...rooms: Record<string, string>[]): Authors =>
	rooms.reduce(
		(authors, room) =>
			withPresent(
				authors,
				Object.entries(room).map(([incarnation, label]) => ({ incarnation, label })),
			),
		noAuthors,
	);
const wrote = (stream: string, authorName: string, mine = false) => ({ stream, authorName, mine });

it('calls an author as the tile does, whatever is signed', () => {
	const authors = seen({ ann: 'Ann', mallory: 'Mallory' });
	expect(authorWords(wrote('mallory', 'Ann'), authors)).toBe('Mallory');
	expect(authorWords(wrote('mallory', 'You'), authors)).toBe('Mallory');
	expect(authorWords(wrote('me', 'Ann', true), authors)).toBe('You');
});

it('gives nobody who is gone the name of one who is here, nor two who were here together the same', () => {
	const [both, without] = [{ ann: 'Ann', mallory: 'Ann (2)' }, { mallory: 'Ann' }];
	const authors = seen(both, without);
	expect(authorWords(wrote('ann', 'Ann'), authors)).toBe('Ann (earlier)');
	expect(authorWords(wrote('mallory', 'Ann'), authors)).toBe('Ann');
	expect(authorWords(wrote('mallory', 'Ann'), seen(both, without, {}))).toBe('Ann (2) (earlier)');
});

it('calls one who was never seen by what they signed, as one from earlier', () => {
	const authors = seen({ ann: 'Ann' });
	expect(authorWords(wrote('unseen', 'Ann'), authors)).toBe('Ann (earlier)');
	expect(authorWords(wrote('unseen', 'You'), authors)).toBe('You (2) (earlier)');
	expect(authorWords(wrote('unseen', 'Ann (you)'), authors)).toBe('Ann (earlier)');
});

it('follows a new name, and is the same where nothing has changed', () => {
	const authors = seen({ ann: 'Ann' });
	expect(withPresent(authors, [{ incarnation: 'ann', label: 'Ann' }])).toBe(authors);
	expect(authorWords(wrote('ann', 'Ann'), seen({ ann: 'Ann' }, { ann: 'Anna' }))).toBe('Anna');
});

it('remembers a bounded number of page loads', () => {
	const authors = seen(...Array.from({ length: 1_500 }, (_, n) => ({ [`page-${n}`]: `Mallory ${n}` })));
	expect(authors.first.size).toBe(1_000);
	expect(authors.now.size).toBe(1);
});
