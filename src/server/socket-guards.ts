/**
 * What a WebSocket may not do for long: be silent, be a flood, or leave unread what it is sent. Each guard watches one
 * socket and ends it; none knows what is said over it. Rule ids are those of `docs/PROTOCOL.md`.
 */
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Clock } from './clock';
import type { Account } from './memory-budget';
import type { Metrics } from './metrics';
import { createBucket } from './rate-limit';
import { createSilence } from './silence';
import type { Tunables } from './tunables';
import type { Line } from './turns';

export interface SocketGuards {
	/** When the other end last gave a sign of life. */
	heardAt(): number;
	/** When its page said that it was going, or `null`. */
	pageGoneAt(): number | null;
	/** [L7] One of its calls was answered with an error, which counts for so many. */
	handleError(cost: number): void;
	/** Resolves when most of what was sent is on its way, so that a slow reader waits in its bounded outbox. */
	drained(signal: AbortSignal): Promise<void>;
}

interface GuardOptions {
	clock: Clock;
	tunables: Tunables;
	metrics: Metrics;
	/** Where what waits in the socket is counted. */
	memory: Account;
	/** What it sent and what waits its turn. */
	line: Pick<Line, 'isWaiting' | 'drop'>;
	/** Counts a frame of so many bytes. False when the limits of its address or of the whole server leave it no more frames. */
	mayReceive(bytes: number): boolean;
	/** The socket is about to be closed because of what it sent. */
	onFlood(): void;
}

/** Must be called before anybody else listens for the socket's messages: what is cut off here is heard by nobody. */
export function guardSocket(
	socket: WebSocket,
	stream: Socket,
	{ clock, tunables, metrics, memory, line, mayReceive, onFlood }: GuardOptions,
): SocketGuards {
	const frames = createBucket(tunables.frames);
	const bytes = createBucket(tunables.frameBytes);
	const errors = createBucket(tunables.errors);
	const pings = createBucket(tunables.pings);
	const silence = createSilence(clock, tunables.silenceMs, tunables.pingMs);
	let pageGoneAt: number | null = null;
	let isCut = false;
	/** What waits to be read. */
	const waiting = (): number => {
		const bytes = socket.bufferedAmount;
		memory.hold(bytes);
		return bytes;
	};
	const most = (bytes: number) => Math.min(bytes, Math.max(leastBytes, memory.most()));
	const backlog = watchBacklog(waiting, () => most(tunables.backlogBytes), stream, clock, tunables.stuckMs);

	/** [L4] Counts before anybody parses: procedures have finer limits of their own. */
	function handleFrame(data: Buffer): void {
		silence.hear();
		const isTooMuch = !frames.take(1, silence.heardAt).ok || !bytes.take(data.length, silence.heardAt).ok;
		if (isTooMuch || !mayReceive(data.length)) cutFlood();
		else if (backlog.isFull()) cut('backlog');
	}

	/** `ws` goes on reading until the other end has closed too, which a flood never does; nobody listens to it any more. */
	function cutFlood(): void {
		if (isCut) return;
		isCut = true;
		metrics.cut('flood');
		onFlood();
		hearNoMore();
		socket.close(1008, 'rate-limited');
	}

	function cut(reason: 'silent' | 'backlog'): void {
		if (isCut) return;
		isCut = true;
		metrics.cut(reason);
		// What came in the same piece as the last frame is still to be told.
		hearNoMore();
		socket.terminate();
	}

	function hearNoMore(): void {
		socket.removeAllListeners('message');
		line.drop();
	}

	socket.on('message', handleFrame);
	socket.on('ping', () => {
		if (pings.take(1, clock.now()).ok) silence.hear();
		else cutFlood();
	});
	// `ws` itself closes on what is no frame, or too large a one.
	socket.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code?.startsWith('WS_ERR') === true) onFlood();
	});
	socket.on('pong', handleFrame);
	// [P4] Pings below tRPC, which the browser answers even while its page is busy or its timers are throttled. A half-open
	// connection looks alive from here for minutes.
	const stop = clock.every(tunables.pingMs, () => {
		if (isCut) return;
		// Whom we do not read, we don't hear.
		if (line.isWaiting()) silence.hear();
		if (silence.look()) cut('silent');
		else if (backlog.isFull() || backlog.isStuck()) cut('backlog');
		else if (socket.readyState === socket.OPEN) socket.ping();
	});
	socket.on('close', (code) => {
		stop();
		if (code === goingAway) pageGoneAt = clock.now();
	});

	return {
		heardAt: () => silence.heardAt,
		pageGoneAt: () => pageGoneAt,
		handleError(cost) {
			if (!errors.take(cost, clock.now()).ok) cutFlood();
		},
		drained: (signal) => drained(() => waiting() <= most(tunables.sendBufferBytes), signal, clock),
	};
}

/** However little memory is left, so much may wait in a socket: an answer or two on a slow line. */
const leastBytes = 64 * 1024;

/** RFC 6455 §7.4.1: "such as a server going down or a browser having navigated away from a page". */
const goingAway = 1001;

/**
 * [L8] Events wait in the outbox while the socket is full, but answers and pongs do not: a client that calls without ever
 * reading would keep them all in memory. One that reads nothing at all is let go of as well, and may resume.
 */
function watchBacklog(
	waiting: () => number,
	most: () => number,
	stream: Socket,
	clock: Clock,
	stuckMs: number,
) {
	let taken = 0;
	let takenAt = clock.now();
	return {
		isFull: () => waiting() > most(),
		/** True when something waits and nothing of it has been taken for `stuckMs`. */
		isStuck() {
			const takenNow = stream.bytesWritten - stream.writableLength;
			if (takenNow !== taken || waiting() === 0) takenAt = clock.now();
			taken = takenNow;
			return clock.now() - takenAt >= stuckMs;
		},
	};
}

/** `ws` tells nobody when its buffer has room again, so a full one is looked at now and then. */
async function drained(hasRoom: () => boolean, signal: AbortSignal, clock: Clock): Promise<void> {
	while (!hasRoom() && !signal.aborted) {
		await new Promise<void>((resolve) => clock.after(20, resolve));
	}
}
