/**
 * Every bound on what may cross the wire, in one place, so that client and server can't disagree.
 * Sizes are in UTF-16 code units unless a name says bytes.
 */
/** The version that a client sends in `room.join` and a server in `welcome`. See [V1] to [V4] of `docs/PROTOCOL.md` before raising it. */
export const protocolVersion = 2;
/** [V2] The oldest version that a server still accepts. */
export const oldestProtocolVersion = 2;

export const limits = {
	roomNameMin: 3,
	roomNameMax: 64,
	nameMax: 64,
	/** A chat message as its author typed it. */
	messageTextMax: 4_000,
	/** Chat messages of one page load, its introductions included, and the total length of their texts. */
	streamMessagesMax: 1_000,
	streamTextMax: 400_000,
	/** Streams that one page load may introduce, and the messages of all of them together. */
	introducedStreamsMax: 256,
	introducedMessagesMax: 8_000,
	/** A session description with every codec a browser offers is 8 to 25 KB. */
	sdpMax: 48_000,
	candidateMax: 2_000,
	/** Offers that one join may carry. */
	joinOffersMax: 4,
	/** A sealed payload relayed by the server, in base64url characters. */
	sealedMax: 32_000,
	/** A rejoin token. It contains the room's name, which may take three bytes for a letter. */
	tokenMax: 768,
	/** One WebSocket frame or HTTP body, in bytes. */
	frameBytesMax: 256 * 1024,
	/** Seats in a room unless `ROOM_LIMIT` says otherwise, and the most it may say. */
	roomLimitDefault: 12,
	roomLimitMax: 100,
} as const;

/** [L1] What the server accepts from one connection in the long run and at once. A client keeps well below, so that it is never refused. */
export const connectionRates = {
	calls: { perSecond: 100, burst: 1_000 },
	relayedChars: { perSecond: 128 * 1024, burst: 1024 * 1024 },
	errors: { perSecond: 20, burst: 500 },
	frameBytes: { perSecond: 1024 * 1024, burst: 4 * 1024 * 1024 },
} as const;
