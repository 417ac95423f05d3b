import { expect, it } from 'vitest';
import { isolate } from '../../words/isolate';
import { aloneWords } from './alone-words';

it('asks for the link to be sent while nobody has come yet', () => {
	expect(aloneWords([])).toBe('Nobody else is here yet. Send them the link.');
});

it('says who has left, and never that they are still to come', () => {
	expect(aloneWords(['Ada'])).toBe(`${isolate('Ada')} has left. Nobody else is here now.`);
	expect(aloneWords(['Ada', 'Bob'])).toBe('Everyone else has left.');
});
