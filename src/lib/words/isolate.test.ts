import { expect, it } from 'vitest';
import { isolate } from './isolate';

it('keeps what runs from right to left apart from the sentence around it', () => {
	expect(isolate('עדה')).toBe('\u2068עדה\u2069');
	expect(isolate('Ada علي (2)')).toBe('\u2068Ada علي (2)\u2069');
});

it('leaves everything else as it is', () => {
	for (const name of ['Ada', 'Зоя', '李', '👩‍👩‍👧', '', '123']) expect(isolate(name)).toBe(name);
});

it('lets nobody turn the sentence around', () => {
	expect(isolate('\u202eabc')).toBe('abc');
	expect(isolate('א\u2069\u202e')).toBe('\u2068א\u2069');
});
