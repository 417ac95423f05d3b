import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock';
import { createMemoryBudget } from './memory-budget';

const mebibyte = 1024 * 1024;
const network = (key: string) => [{ key, width: 1 }];

function setUp() {
	const clock = new FakeClock();
	const told: string[] = [];
	const log = { warn: (event: string) => void told.push(event) };
	const budget = createMemoryBudget({ ofAddress: 10 * mebibyte, ofAll: 40 * mebibyte }, { clock, log });
	let opened = 0;
	/** Takes as much as it may, half a mebibyte at most, and reads nothing of it unless told. */
	const fill = (address: string, { reads = false } = {}): number => {
		const name = `account-${(opened += 1)}`;
		let held = 0;
		const account = budget.open(name, () => (reads ? 0 : held));
		budget.own(name, network(address));
		while (held < mebibyte / 2 && held + 4_096 <= account.most()) account.hold((held += 4_096));
		return held;
	};
	return { budget, clock, told, fill };
}

it('[L10] bounds what an address holds, however many hold it, and leaves another its own', () => {
	const { fill } = setUp();
	let held = 0;
	for (let count = 0; count < 200; count++) held += fill('203.0.113.7');
	expect(held).toBeGreaterThan(5 * mebibyte);
	expect(held).toBeLessThan(14 * mebibyte);
	expect(fill('203.0.113.8')).toBe(mebibyte / 2);
});

it('[L10] bounds what all addresses hold', () => {
	const { fill } = setUp();
	let held = 0;
	for (let address = 0; address < 50; address++) {
		for (let count = 0; count < 20; count++) held += fill(`198.51.100.${address}`);
	}
	// The least that each may have comes on top.
	expect(held).toBeLessThan(60 * mebibyte);
	expect(fill('203.0.113.8')).toBeGreaterThan(0);
});

it('[L10] gives no new seats where too much waits, and says so once a minute', async () => {
	const { budget, clock, told, fill } = setUp();
	expect(budget.isFull(network('203.0.113.7'))).toBe(false);
	for (let count = 0; count < 100; count++) fill('203.0.113.7');
	expect(budget.isFull(network('203.0.113.7'))).toBe(true);
	expect(budget.isFull(network('203.0.113.7'))).toBe(true);
	expect(budget.isFull(network('203.0.113.8'))).toBe(false);
	expect(told).toEqual(['no new seats: too much waits unread']);
	await clock.advance(60_000);
	expect(budget.isFull(network('203.0.113.7'))).toBe(true);
	expect(told).toHaveLength(2);
});

it('[L10] turns nobody away for what has been read', () => {
	const { budget, fill } = setUp();
	for (let count = 0; count < 100; count++) fill('203.0.113.7', { reads: true });
	expect(budget.isFull(network('203.0.113.7'))).toBe(false);
});

it('gives back what is closed, and counts for whoever has it', async () => {
	const { budget, clock } = setUp();
	let held = 0;
	const account = budget.open('a', () => held);
	budget.own('a', network('203.0.113.7'));
	account.hold((held = 8 * mebibyte));
	expect(budget.isFull(network('203.0.113.7'))).toBe(true);
	budget.own('a', network('203.0.113.8'));
	await clock.advance(1_000);
	expect(budget.isFull(network('203.0.113.7'))).toBe(false);
	expect(budget.isFull(network('203.0.113.8'))).toBe(true);
	account.close();
	expect(budget.isFull(network('203.0.113.8'))).toBe(false);
	const other = budget.open('b', () => 0);
	budget.own('b', network('203.0.113.8'));
	expect(other.most()).toBe(10 * mebibyte);
});
