/** Thousands of pastes on the way that a page sends them: what is read of each, and what of it could go to the server. */
import { expect, it } from 'vitest';
import { parseRoomLink, parseSharedLink } from '../../src/lib/protocol/pasted-link';
import { peekInputSchema } from '../../src/lib/protocol';
import * as v from 'valibot';
import { makePaste, tellsOf } from '../support/pastes';
import { seededRandom, seedFromEnvironment } from '../support/random';

const origin = 'https://parley.example:8443';

it(
	'of ten thousand pastes each gives the exact room and secret or is refused, and no name holds a piece of a secret',
	{ timeout: 60_000 },
	() => {
		const random = seededRandom(seedFromEnvironment());
		console.log(`seed ${random.seed}`);
		const count = { found: 0, refused: 0 };
		for (let round = 0; round < 10_000; round++) {
			const { text, room, secret, intact } = makePaste(random, origin);
			const shown = JSON.stringify({ text, room, secret });
			for (const result of [parseRoomLink(text, origin), parseSharedLink([null, text, 'Parley'], origin)]) {
				if (intact) expect(result, shown).toEqual({ ok: true, room, hash: `#${secret}` });
				count[result.ok ? 'found' : 'refused'] += 1;
				if (!result.ok) continue;
				const input = v.parse(peekInputSchema, { room: result.room, tag: null });
				expect(tellsOf(secret, JSON.stringify(input)), shown).toBe(false);
				// Whatever was done to it: nobody is led into the room without its secret, nor with another.
				expect(result, shown).toEqual({ ok: true, room, hash: `#${secret}` });
			}
		}
		expect(count.found).toBeGreaterThan(10_000);
		expect(count.refused).toBeGreaterThan(2_000);
	},
);
