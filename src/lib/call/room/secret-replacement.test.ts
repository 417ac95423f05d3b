import { describe, expect, it } from 'vitest';
import { createRoomTrust } from '../../e2ee/room-trust';
import { parsePeerMessage } from '../../protocol/peer/peer-message';
import type { SecretReplacement } from '../../protocol/peer/room-secret';
import { createSecretReplacements } from './secret-replacement';

const { subtle } = globalThis.crypto;
const room = 'team-sync';
const secrets = ['BBBBBBBBBBBBBBBBBBBBBA', 'CCCCCCCCCCCCCCCCCCCCCA'] as const;

async function someone(mayReplace: (incarnation: string) => boolean = () => true) {
	const trust = await createRoomTrust(room, 'AAECAwQFBgcICQoLDA0ODw', subtle);
	const sent: { to: string; message: SecretReplacement }[] = [];
	const moves: { secret: string; stays: string[] }[] = [];
	const newSecrets: string[] = [...secrets];
	const replacements = createSecretReplacements({
		room,
		trust: () => trust,
		mayReplace,
		newSecret: () => newSecrets.shift() ?? expect.fail('asked for too many'),
		sendDirect(to, text) {
			const message = parsePeerMessage(text);
			if (message?.type !== 'room-secret') expect.fail('is none');
			sent.push({ to, message });
			return true;
		},
		moveTo: (secret, stays) => void moves.push({ secret, stays: [...stays] }),
	});
	const { incarnation } = trust.identity;
	return {
		replacements,
		trust,
		sent,
		moves,
		incarnation,
		end: { id: incarnation.slice(0, 12), incarnation },
	};
}

const hear = async (by: Awaited<ReturnType<typeof someone>>, message: SecretReplacement) =>
	by.replacements.rows['room-secret'].handle('participant', message);

describe('a replacement', () => {
	it('[Q1] reaches those who stay, and them alone, and moves both', async () => {
		const [ada, bob] = [await someone(), await someone()];
		await ada.replacements.replace([bob.end]);
		expect(ada.sent.map(({ to }) => to)).toEqual([bob.end.id]);
		await hear(bob, ada.sent[0]?.message ?? expect.fail());
		const stays = [ada.incarnation, bob.incarnation].sort();
		expect(bob.moves).toEqual([{ secret: secrets[0], stays }]);
		expect(ada.moves).toEqual(bob.moves);
	});

	it('[Q2] is refused when anything about it was changed, or somebody else signed it', async () => {
		const [ada, bob, mallory] = [await someone(), await someone(), await someone()];
		await ada.replacements.replace([bob.end]);
		const message = ada.sent[0]?.message ?? expect.fail();
		const changes: Partial<SecretReplacement>[] = [
			{ generation: 2 },
			{ secret: secrets[1] },
			{ stays: [...message.stays, mallory.incarnation] },
			{ author: mallory.incarnation },
			{ author: mallory.incarnation, key: mallory.trust.identity.key },
			{ signature: 'A'.repeat(86) },
		];
		for (const change of changes) await hear(bob, { ...message, ...change });
		expect(bob.moves).toEqual([]);
	});

	it('[Q3] is refused from a page load that may not put others out', async () => {
		const ada = await someone();
		const bob = await someone(() => false);
		await ada.replacements.replace([bob.end]);
		await hear(bob, ada.sent[0]?.message ?? expect.fail());
		await bob.replacements.replace([ada.end]);
		expect([bob.moves, bob.sent]).toEqual([[], []]);
	});

	it('[Q4] gives way to a later one, and never to an earlier one or one that leaps', async () => {
		const [ada, bob] = [await someone(), await someone()];
		await ada.replacements.replace([bob.end]);
		await ada.replacements.replace([bob.end]);
		const [first, second] = ada.sent.map(({ message }) => message) as [SecretReplacement, SecretReplacement];
		for (const message of [second, first, second]) await hear(bob, message);
		expect(bob.moves.map(({ secret }) => secret)).toEqual([secrets[1]]);
		expect(second.generation).toBe(2);

		const cleo = await someone();
		const unsigned = { ...first, generation: 1_000_000, stays: [cleo.incarnation] };
		await hear(cleo, unsigned);
		expect(cleo.moves).toEqual([]);
	});

	it('[Q4] of two made at once the smaller secret holds, whichever comes first', async () => {
		const [ada, cleo] = [await someone(), await someone()];
		const bobs = [await someone(), await someone()] as const;
		await cleo.replacements.replace([]);
		const ends = bobs.map(({ end }) => end);
		await ada.replacements.replace(ends);
		await cleo.replacements.replace(ends);
		const one = ada.sent[0]?.message ?? expect.fail();
		const other = { ...(cleo.sent[0]?.message ?? expect.fail()) };
		expect([one.generation, other.generation]).toEqual([1, 2]);
		for (const message of [one, other]) await hear(bobs[0], message);
		for (const message of [other, one]) await hear(bobs[1], message);
		expect(bobs.map(({ moves }) => moves.at(-1)?.secret)).toEqual([secrets[1], secrets[1]]);
	});

	it('[Q6] is told again to whoever stays and has missed it', async () => {
		const [ada, bob, cleo] = [await someone(), await someone(), await someone()];
		await ada.replacements.replace([bob.end]);
		ada.sent.length = 0;
		ada.replacements.setChannel(bob.end, true);
		ada.replacements.setChannel(cleo.end, true);
		expect(ada.sent.map(({ to }) => to)).toEqual([bob.end.id]);
		await hear(bob, ada.sent[0]?.message ?? expect.fail());
		expect(bob.replacements.isHeld(secrets[0])).toBe(true);
	});

	it('is read from nothing that is none', () => {
		expect(parsePeerMessage('{"type":"room-secret"}')).toBeNull();
		expect(parsePeerMessage('{"type":"room-secret","generation":1,"secret":"x"}')).toBeNull();
	});
});
