import { expect, it } from 'vitest';
import { createRelayNames } from './relay-name';

const names = createRelayNames('a secret of the server');
const caller = (address: string) => ({ address, networks: [{ key: address, width: 1 }] });
const ids = Array.from({ length: 1_000 }, (_, index) => `participant-${index}`);

it('[E9] gives an address the same few names, however often and as whomever it asks', () => {
	const inside = new Set(ids.map((id) => names.participant(caller('203.0.113.7'), id)));
	expect(inside.size).toBe(8);
	const outside = new Set(ids.map((id) => names.lobby(caller('203.0.113.7'), id)));
	expect(outside.size).toBe(1);
	expect(inside).not.toContain([...outside][0]);
});

it('[E9] gives another address other names, and none of them shows it', () => {
	const [one, other] = ['203.0.113.7', '203.0.113.8'].map((address) => names.lobby(caller(address), 'x'));
	expect(one).not.toBe(other);
	expect(one).not.toContain('203');
	expect(createRelayNames('another').lobby(caller('203.0.113.7'), 'x')).not.toBe(one);
});

it('[E9] names those whose address is not known one by one', () => {
	const unknown = { address: '127.0.0.1', networks: [] };
	expect(new Set(ids.map((id) => names.participant(unknown, id))).size).toBe(ids.length);
	expect(names.lobby(unknown, 'own')).toBe('own.lobby');
});
