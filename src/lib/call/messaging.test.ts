import { expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock';
import { createRoomTrust } from '../e2ee/room-trust';
import { createMessaging } from './messaging';

const { subtle } = globalThis.crypto;
const secret = 'AAECAwQFBgcICQoLDA0ODw';
const bob = { id: 'bob', incarnation: 'b'.repeat(32) };

it('[Q6] tells of the secret that holds when a channel opens, and not with everything else that changes', async () => {
	const trust = await createRoomTrust('team-sync', secret, subtle);
	const told: string[] = [];
	const messaging = createMessaging({
		...{ clock: new FakeClock(), room: 'team-sync', incarnation: trust.identity.incarnation },
		...{ session: () => null, self: () => null, ownName: () => 'Ada' },
		...{ secret: () => secret, trust: () => trust, newSecret: () => 'BBBBBBBBBBBBBBBBBBBBBA' },
		crypto: { subtle, randomBytes: (length) => new Uint8Array(length) },
		mayReplaceSecret: () => true,
		sendDirect(_, text) {
			if (text.includes('"room-secret"')) told.push(text);
			return true;
		},
		...{ moveTo() {}, changed() {}, news() {}, renamed() {} },
	});
	messaging.setParticipants([bob]);
	messaging.setChannel(bob, true);
	await messaging.features.secrets.replace([bob]);
	for (let change = 0; change < 10; change++) messaging.setChannel(bob, true);
	expect(told).toHaveLength(1);
	messaging.setChannel(bob, false);
	for (let change = 0; change < 10; change++) messaging.setChannel(bob, true);
	expect(told).toHaveLength(2);
	messaging.setParticipants([]);
	messaging.setParticipants([bob]);
	messaging.setChannel(bob, true);
	expect(told).toHaveLength(3);
	messaging.close();
});
