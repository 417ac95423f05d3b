import { expect, it } from 'vitest';
import { createUnchanged } from './unchanged';

it('an object that holds the same is the one from before, and any other is another', () => {
	const keep = createUnchanged<{ entries: readonly string[]; unreadable: number }>();
	const entries = ['hello'];
	const first = keep({ entries, unreadable: 0 });
	expect(keep({ entries, unreadable: 0 })).toBe(first);
	expect(keep({ entries: ['hello'], unreadable: 0 })).not.toBe(first);
	expect(keep({ entries, unreadable: 1 })).toEqual({ entries, unreadable: 1 });
	expect(keep({ entries, unreadable: 1 })).not.toBe(first);
});

it('what is held besides is a difference, before as after', () => {
	const keep = createUnchanged<{ name: string; role?: string }>();
	const first = keep({ name: 'Amy' });
	const second = keep({ name: 'Amy', role: 'host' });
	expect(second).not.toBe(first);
	expect(keep({ name: 'Amy' })).toEqual(first);
});
