import { expect, it } from 'vitest';
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
