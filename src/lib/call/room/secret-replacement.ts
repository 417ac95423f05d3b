/**
 * Replaces a room's secret, so that somebody stays out for good. Those who stay hear the new secret from each other over their data
 * channels, which the person who has to leave can't read, and move to the room that it leads to. This file decides which replacement holds,
 * and passes it on; the call does the moving. See [Q1] to [Q7] of `docs/PROTOCOL.md`.
 */
import type { RoomTrust } from '../../e2ee/room-trust';
import type { ParticipantId } from '../../protocol';
import { secretReplacementStaysMax, type SecretReplacement } from '../../protocol/peer/room-secret';
import type { PeerFeature } from '../peer-messages/peer-feature';
import type { PeerRows } from '../peer-messages/peer-table';
import type { RemoteEnd } from '../transport/transport';

/** How far a generation may be ahead of ours: we may have missed some, but nobody may use the numbers up. */
const generationLeapMax = 100;

export interface SecretReplacementPort {
	room: string;
	/** `null` if this browser can't sign. */
	trust(): Pick<RoomTrust, 'identity' | 'checkSignature'> | null;
	/** Whether this page load may remove others from the room. */
	mayReplace(incarnation: string): boolean;
	newSecret(): string;
	/** False when no data channel leads there. */
	sendDirect(to: ParticipantId, text: string): boolean;
	/** Moves to the room of this secret, with these page loads and nobody else. */
	moveTo(secret: string, stays: ReadonlySet<string>): void;
}

export interface SecretReplacements extends Pick<Required<PeerFeature>, 'setChannel'> {
	/** Moves to a new secret together with these ends. Does nothing if this page load may not ask for it. */
	replace(stays: readonly RemoteEnd[]): Promise<void>;
	/** Handles replacements that the others send. Relayed ones are refused: whoever has to stay out might read them. */
	readonly rows: PeerRows<'room-secret'>;
	/** Whether this is the secret of the replacement that holds now. */
	isHeld(secret: string): boolean;
}

export function createSecretReplacements(port: SecretReplacementPort): SecretReplacements {
	const { room } = port;
	/** The replacement we moved by last; `null` while the link's own secret holds. */
	let held: SecretReplacement | null = null;

	async function accept(replacement: SecretReplacement): Promise<void> {
		const { author, key, signature, secret, stays } = replacement;
		const trust = port.trust();
		const isBetter = () => trust !== null && supersedes(replacement, held, trust.identity.incarnation);
		if (!isBetter() || !port.mayReplace(author)) return;
		const signed = { incarnation: author, key, signature };
		if (!(await trust?.checkSignature(signed, replacementText(room, replacement)))) return;
		// Another one may have been accepted meanwhile.
		if (!isBetter()) return;
		held = replacement;
		port.moveTo(secret, new Set(stays));
	}

	return {
		async replace(ends) {
			const identity = port.trust()?.identity;
			if (!identity || !port.mayReplace(identity.incarnation)) return;
			const { incarnation: author, key } = identity;
			const stays = [author, ...ends.map(({ incarnation }) => incarnation)].slice(
				0,
				secretReplacementStaysMax,
			);
			const unsigned = {
				generation: (held?.generation ?? 0) + 1,
				secret: port.newSecret(),
				author,
				stays: stays.sort(),
			};
			const signature = await identity.sign(replacementText(room, unsigned));
			const replacement: SecretReplacement = { type: 'room-secret', ...unsigned, key, signature };
			for (const { id } of ends) port.sendDirect(id, JSON.stringify(replacement));
			await accept(replacement);
		},
		rows: {
			'room-secret': {
				rate: { perSecond: 1, burst: 20 },
				channelOnly: true,
				handle: (_, replacement) => accept(replacement),
			},
		},
		setChannel(end, open) {
			// [Q6] They may have missed the replacement that holds.
			if (open && held?.stays.includes(end.incarnation)) port.sendDirect(end.id, JSON.stringify(held));
		},
		isHeld: (secret) => held?.secret === secret,
	};
}

/** [Q2] The text that is signed. */
export function replacementText(
	room: string,
	{
		generation,
		secret,
		author,
		stays,
	}: Pick<SecretReplacement, 'generation' | 'secret' | 'author' | 'stays'>,
): string {
	return JSON.stringify(['parley room secret v1', room, generation, secret, author, stays]);
}

/** [Q4] A later generation replaces an earlier one; of two made at once, the one with the smaller secret holds for everybody. */
function supersedes(offered: SecretReplacement, held: SecretReplacement | null, self: string): boolean {
	const generation = held?.generation ?? 0;
	const ahead = offered.generation - generation;
	const isLater = ahead > 0 && ahead <= generationLeapMax;
	const winsTie = ahead === 0 && held !== null && offered.secret < held.secret;
	return (isLater || winsTie) && offered.stays.includes(self);
}
