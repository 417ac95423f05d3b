/** The words that two people compare, from their own browsers' descriptions. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startServer, type TestServer } from '../support/server-harness';
import { createCallWorld, type CallWorld, type WholeCall } from '../support/whole-call';

let server: TestServer;
let world: CallWorld;

beforeEach(async () => {
	server = await startServer({ logLevel: 'silent' });
	world = createCallWorld(server.url);
});
afterEach(async () => {
	world.close();
	await server.stop();
});

const within = { timeout: 10_000 };
const other = ({ call }: WholeCall) => call.snapshot.participants[0]?.id ?? '';
const connection = ({ call }: WholeCall) => call.snapshot.participants.map((person) => person.connection);

async function enter(name: string): Promise<WholeCall> {
	const person = await world.open('team-sync', null);
	person.call.room.join(name);
	return person;
}

it('[W1] [W2] are the same for both, others with the next page load, and none without a connection', async () => {
	const ada = await enter('ada');
	await expect.poll(() => ada.call.snapshot.phase, within).toBe('in-call');
	expect(await ada.call.connections.safetyWords('nobody-at-all')).toBeNull();
	const words: string[] = [];
	for (const name of ['bob', 'cleo']) {
		const person = await enter(name);
		for (const end of [ada, person]) await expect.poll(() => connection(end), within).toEqual(['connected']);
		const four = (await ada.call.connections.safetyWords(other(ada))) ?? [];
		expect(four).toHaveLength(4);
		expect(await person.call.connections.safetyWords(other(person))).toEqual(four);
		words.push(four.join(' '));
		person.call.room.leave();
		await expect.poll(() => connection(ada), within).toEqual([]);
	}
	expect(words[0]).not.toBe(words[1]);
}, 60_000);
