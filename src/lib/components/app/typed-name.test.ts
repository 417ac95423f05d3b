import { expect, it } from 'vitest';
import { checkTypedName } from './typed-name';

it('takes a name in the form that the others are told', () => {
	expect(checkTypedName('  Ada   Lovelace\u200b ')).toEqual({ ok: true, name: 'Ada Lovelace' });
});

it('tells a name that nobody could see from none at all', () => {
	expect(checkTypedName('  ')).toEqual({ ok: false, problem: 'empty' });
	expect(checkTypedName('\u2800\u200b')).toEqual({ ok: false, problem: 'unseen' });
});
