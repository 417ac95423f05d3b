/**
 * The wire: every message between a client and the server, as schemas that both sides parse with.
 * Knows shapes and bounds; holds no behaviour. `docs/PROTOCOL.md` is the same in prose.
 *
 * Readers are tolerant: an object's unknown keys are dropped, so that an older client understands what
 * it knows of a newer server's event.
 */
import * as v from 'valibot';
import { limits } from './limits';
import { memberChangeSchema, memberStateSchema } from './member-state';
import { readParticipantName } from './participant-name';
import { isRoomName } from './room-name';

/** Names that every object has, such as `constructor`, are nobody's id. */
export const participantIdSchema = v.pipe(
	v.string(),
	v.regex(/^[A-Za-z0-9_-]{8,32}$/),
	v.check((id) => !(id in Object.prototype)),
);
/** One page load of a participant: 24 bytes in base64url. It changes when they reload; peers of an earlier one are void. */
export const incarnationSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{32}$/));
export const roomNameSchema = v.pipe(v.string(), v.check(isRoomName, 'bad-room-name'));
/** 16 bytes in base64url, in the only way to write them: the last character holds two bits. */
export const roomTagSchema = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/));

/** The address of a room on the server. The tag comes from the secret in the room's link, and is `null` if there is none. */
export interface RoomAddress {
	readonly room: string;
	readonly tag: string | null;
}

export const participantSchema = v.object({
	id: participantIdSchema,
	incarnation: incarnationSchema,
	/** [U4] `interruption` is left out while nothing is interrupted. */
	...v.omit(memberStateSchema, ['hand']).entries,
	/** Never refused: a reader cleans up whatever it gets. */
	name: v.pipe(v.string(), v.transform(readParticipantName)),
	/** When the hand went up, in server milliseconds since the epoch; `null` when it is down. */
	handRaisedAt: v.nullable(v.number()),
	/** `away` while the participant's connection is lost and the seat is kept. */
	presence: v.picklist(['here', 'away']),
	/** Server milliseconds since the epoch. */
	joinedAt: v.number(),
});
export type Participant = v.InferOutput<typeof participantSchema>;
export type ParticipantId = Participant['id'];

const base64urlOf = (bytes: number) =>
	v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/), v.length(Math.ceil((bytes * 4) / 3)));

/** A signature, and the key to check it with. */
export const signatureEntries = {
	/** An uncompressed P-256 point. */
	key: base64urlOf(65),
	signature: base64urlOf(64),
};

/** What proves who wrote a description ([B1]): its author's key and signature and, if the room has a secret, the proof. */
const certificateSchema = v.object({
	...signatureEntries,
	proof: v.optional(base64urlOf(32)),
});
export type DescriptionCertificate = v.InferOutput<typeof certificateSchema>;

/**
 * A session description or an ICE candidate, as it is sent. `epoch` counts the peers that a pair has built since both present incarnations met: a
 * higher one replaces, a lower one is void. `offer` numbers the offers of one side, and an answer repeats the number that it answers.
 */
export const signalSchema = v.variant('kind', [
	v.object({
		kind: v.literal('description'),
		epoch: v.pipe(v.number(), v.integer(), v.minValue(0)),
		offer: v.pipe(v.number(), v.integer(), v.minValue(0)),
		type: v.picklist(['offer', 'answer']),
		sdp: v.pipe(v.string(), v.maxLength(limits.sdpMax, 'too-large')),
		...certificateSchema.entries,
	}),
	v.object({
		kind: v.literal('candidate'),
		epoch: v.pipe(v.number(), v.integer(), v.minValue(0)),
		candidate: v.pipe(v.string(), v.maxLength(limits.candidateMax, 'too-large')),
		sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(64))),
		sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(64))),
		usernameFragment: v.nullable(v.pipe(v.string(), v.maxLength(256))),
	}),
]);
export type CertifiedSignal = v.InferOutput<typeof signalSchema>;
export type CertifiedDescription = Extract<CertifiedSignal, { kind: 'description' }>;
export type CandidateSignal = Extract<CertifiedSignal, { kind: 'candidate' }>;
/** The same inside one browser, before it is certified and after it has been checked. */
export type DescriptionSignal = Omit<CertifiedDescription, keyof DescriptionCertificate>;
export type Signal = DescriptionSignal | CandidateSignal;

export const iceServerSchema = v.object({
	urls: v.array(v.string()),
	username: v.optional(v.string()),
	credential: v.optional(v.string()),
});
export type IceServer = v.InferOutput<typeof iceServerSchema>;

// ── What a client sends ─────────────────────────────────────────────────────────────────────────────

const address = { room: roomNameSchema, tag: v.optional(v.nullable(roomTagSchema), null) };
const recipient = { to: participantIdSchema, incarnation: incarnationSchema };

export const peekInputSchema = v.object(address);

export const joinInputSchema = v.object({
	...address,
	/** The protocol version that the client speaks. Clients of the first version did not say. */
	protocol: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
	incarnation: incarnationSchema,
	...memberStateSchema.entries,
	/** From an earlier `welcome`. Over HTTP it travels as a bearer token instead, as with every other call. */
	token: v.optional(v.pipe(v.string(), v.maxLength(limits.tokenMax))),
	/** Offers gathered in the lobby. They are delivered, with the news of this join, to the seats they name. */
	offers: v.optional(
		v.pipe(v.array(v.object({ ...recipient, signal: signalSchema })), v.maxLength(limits.joinOffersMax)),
		[],
	),
	/** The last event seen, when resuming. tRPC fills it in by itself on its own reconnects. */
	lastEventId: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
});
export type JoinInput = v.InferInput<typeof joinInputSchema>;
export type JoinRequest = v.InferOutput<typeof joinInputSchema>;

export const signalInputSchema = v.object({ ...recipient, signal: signalSchema });
export type SignalInput = v.InferOutput<typeof signalInputSchema>;

export const updateInputSchema = memberChangeSchema;

/** A payload that the server passes on without being able to read it (`src/lib/e2ee`). */
export const relayInputSchema = v.object({
	...recipient,
	sealed: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]*$/), v.maxLength(limits.sealedMax, 'too-large')),
});
export type RelayInput = v.InferOutput<typeof relayInputSchema>;

// ── What a server sends ─────────────────────────────────────────────────────────────────────────────

export const peekEventSchema = v.object({
	count: v.number(),
	limit: v.number(),
	/** The seats that offers may be gathered for. Only those inside see names. */
	seats: v.array(v.object({ id: participantIdSchema, incarnation: incarnationSchema })),
	iceServers: v.array(iceServerSchema),
});
export type PeekEvent = v.InferOutput<typeof peekEventSchema>;

export const serverEventSchema = v.variant('type', [
	v.object({
		type: v.literal('welcome'),
		protocolVersion: v.number(),
		self: participantSchema,
		/** The others, in the order in which they joined. */
		participants: v.array(participantSchema),
		iceServers: v.array(iceServerSchema),
		rejoinToken: v.string(),
		roomLimit: v.number(),
		/** True if this seat was held before, by an earlier connection or an earlier page load. */
		resumed: v.boolean(),
	}),
	v.object({ type: v.literal('participant-joined'), participant: participantSchema }),
	v.object({ type: v.literal('participant-updated'), participant: participantSchema }),
	v.object({
		type: v.literal('participant-left'),
		id: participantIdSchema,
		/** `left`: on purpose; `lost`: the connection broke and did not come back in time; `moved`: to the room of a new secret. */
		reason: v.picklist(['left', 'lost', 'moved']),
	}),
	v.object({
		type: v.literal('signal'),
		from: participantIdSchema,
		/** The sender's page load, stamped by the server. */
		incarnation: incarnationSchema,
		signal: signalSchema,
	}),
	v.object({
		type: v.literal('relay'),
		from: participantIdSchema,
		incarnation: incarnationSchema,
		sealed: v.string(),
	}),
	/** Some of what this page load sent was dropped here, because it sent too much or its recipient read too slowly. */
	v.object({ type: v.literal('gap'), from: participantIdSchema, incarnation: incarnationSchema }),
	/** Replaces the token of the `welcome`, when that is at half of its lifetime. */
	v.object({ type: v.literal('rejoin-token'), rejoinToken: v.string() }),
	/** Replace those of the `welcome`, whose credentials are at half of their lifetime. */
	v.object({ type: v.literal('ice-servers'), iceServers: v.array(iceServerSchema) }),
]);
export type ServerEvent = v.InferOutput<typeof serverEventSchema>;
export type Welcome = Extract<ServerEvent, { type: 'welcome' }>;
