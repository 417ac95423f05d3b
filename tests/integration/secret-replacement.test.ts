/** Somebody is put out of a room for good: its secret is replaced among those who stay. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../src/lib/call/call-api';
import { startServer, type TestServer } from '../support/server-harness';
import { createCallWorld, type CallWorld, type WholeCall } from '../support/whole-call';

const room = 'team-sync';
const secret = 'AAECAwQFBgcICQoLDA0ODw';

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
const connected = ({ snapshot }: Call) =>
	snapshot.participants
		.filter(({ connection, away }) => connection === 'connected' && !away)
		.map(({ name }) => name)
		.sort();
const idOf = ({ call }: WholeCall) => call.snapshot.self.id ?? expect.fail('not in the room');
const texts = ({ snapshot }: Call) => snapshot.chat.entries.map(({ text }) => text);
const open = () => world.internet.connections.filter(({ closed }) => !closed);

/** In the order of their names. All of them know that `hosts` may put others out. */
async function meet(names: string[], hosts: string[]): Promise<WholeCall[]> {
	const incarnations = new Map<string, string>();
	const mayReplaceSecret = (incarnation: string) =>
		hosts.some((name) => incarnations.get(name) === incarnation);
	const people: WholeCall[] = [];
	for (const name of names) {
		const person = await world.open(room, secret, { mayReplaceSecret });
		incarnations.set(name, person.incarnation);
		person.call.room.join(name);
		people.push(person);
		for (const [index, { call }] of people.entries()) {
			const others = names.slice(0, people.length).filter((_, at) => at !== index);
			await expect.poll(() => connected(call), within).toEqual(others);
		}
	}
	return people;
}

describe('replacing a room’s secret', () => {
	it('[Q1] [Q5] leaves one person out and keeps all media between the others', async () => {
		const [ada, bob, cleo, mallory] = (await meet(['ada', 'bob', 'cleo', 'mallory'], ['ada'])) as [
			WholeCall,
			WholeCall,
			WholeCall,
			WholeCall,
		];
		const staying = [ada, bob, cleo];
		const ids = staying.map(idOf);
		ada.call.chat.send('before');
		await expect.poll(() => texts(cleo.call), within).toEqual(['before']);
		const madeBefore = world.internet.connections.length;
		const left: string[] = [];
		for (const { call } of staying) {
			call.onNotice((notice) => notice.type === 'left' && left.push(notice.name));
		}

		await ada.call.room.replaceSecret([idOf(mallory)]);

		for (const { call } of staying) {
			await expect.poll(() => call.snapshot.secret, within).not.toBe(secret);
			await expect.poll(() => call.snapshot.signaling, within).toBe('connected');
		}
		expect(new Set(staying.map(({ call }) => call.snapshot.secret)).size).toBe(1);
		await expect.poll(() => connected(ada.call), within).toEqual(['bob', 'cleo']);
		await expect.poll(() => connected(bob.call), within).toEqual(['ada', 'cleo']);
		await expect.poll(() => connected(cleo.call), within).toEqual(['ada', 'bob']);
		expect(staying.map(idOf)).toEqual(ids);
		expect(left).toEqual(['mallory', 'mallory', 'mallory']);

		bob.call.chat.send('among ourselves');
		await expect.poll(() => texts(cleo.call), within).toEqual(['before', 'among ourselves']);
		expect(texts(mallory.call)).toEqual(['before']);
		await expect.poll(() => mallory.call.snapshot.participants, within).toEqual([]);
		expect(mallory.call.snapshot.secret).toBe(secret);
		// Both ends of three peers, the same as before: nothing was negotiated anew.
		await expect.poll(() => open().length, within).toBe(6);
		expect(world.internet.connections).toHaveLength(madeBefore);
	});

	it('[Q3] does nothing for somebody who may not ask for it', async () => {
		const [ada, bob, mallory] = (await meet(['ada', 'bob', 'mallory'], ['ada'])) as [
			WholeCall,
			WholeCall,
			WholeCall,
		];
		await mallory.call.room.replaceSecret([idOf(ada)]);
		ada.call.chat.send('still here');
		await expect.poll(() => texts(bob.call), within).toEqual(['still here']);
		for (const { call } of [ada, bob, mallory]) expect(call.snapshot.secret).toBe(secret);
	});

	it('[Q4] twice at once ends in one room', async () => {
		const [ada, bob, cleo] = (await meet(['ada', 'bob', 'cleo'], ['ada', 'bob'])) as [
			WholeCall,
			WholeCall,
			WholeCall,
		];
		await Promise.all([ada.call.room.replaceSecret([]), bob.call.room.replaceSecret([])]);
		const secrets = () => new Set([ada, bob, cleo].map(({ call }) => call.snapshot.secret));
		await expect.poll(() => !secrets().has(secret) && secrets().size, within).toBe(1);
		await expect.poll(() => connected(ada.call), within).toEqual(['bob', 'cleo']);
		await expect.poll(() => connected(cleo.call), within).toEqual(['ada', 'bob']);
	});

	it('[Q7] lets somebody in by the new link, and nobody by the old one', async () => {
		const [ada, , mallory] = (await meet(['ada', 'bob', 'mallory'], ['ada'])) as [
			WholeCall,
			WholeCall,
			WholeCall,
		];
		await ada.call.room.replaceSecret([idOf(mallory)]);
		await expect.poll(() => connected(ada.call), within).toEqual(['bob']);
		const late = await world.open(room, ada.call.snapshot.secret);
		late.call.room.join('late');
		await expect.poll(() => connected(late.call), within).toEqual(['ada', 'bob']);
		const again = await world.open(room, secret);
		again.call.room.join('mallory again');
		await expect.poll(() => again.call.snapshot.phase, within).toBe('in-call');
		await expect.poll(() => connected(ada.call), within).toEqual(['bob', 'late']);
		expect(ada.call.snapshot.participants.map(({ name }) => name)).not.toContain('mallory again');
	});
});
