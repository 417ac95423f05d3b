import { expect, it } from 'vitest';
import { withoutMarks } from '../../call/room/distinct-names';
import type { Sentences } from '../../words/catalog';
import { captionParts } from './caption-parts';

it.each([
	['Ada', 'Ada', ''],
	['Ada (2)', 'Ada', ' (2)'],
	['Ada (2) (screen)', 'Ada', ' (2) (screen)'],
	['Ada (you)', 'Ada', ' (you)'],
	['Ada (from Sales)', 'Ada (from Sales)', ''],
	['(2) Ada', '(2) Ada', ''],
])('keeps of “%s” what tells it from another of that name', (caption, name, tail) => {
	expect(captionParts(caption)).toEqual({ name, tail });
});

// A language that is added has marks of its own, which both have to know.
const written = import.meta.glob<{ default: Sentences }>('../../words/*/{room,inside}.ts', { eager: true });

it.each(Object.keys(written))(
	'knows the marks that %s puts behind names, as does what keeps them from names',
	(file) => {
		const sentences = written[file]?.default ?? {};
		for (const key of ['ownName', 'screenOf', 'authorGone'] as const) {
			const sentence = sentences[key];
			if (typeof sentence !== 'function') continue;
			const caption = sentence({ name: 'Ada' } as never);
			expect(withoutMarks(caption)).toBe('Ada');
			if (key !== 'authorGone')
				expect(captionParts(caption)).toEqual({ name: 'Ada', tail: caption.slice(3) });
		}
	},
);
