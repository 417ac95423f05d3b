/**
 * What a WebSocket may not do for long: be silent, flood, or leave unread what it is sent. Each guard watches one
 * socket and closes it; none knows what is said over it. Rule ids are those of `docs/PROTOCOL.md`.
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
	/** When the other end was last heard. */
	heardAt(): number;
	/** When its page said that it was going, or `null`. */
	pageGoneAt(): number | null;
	/** [L7] One of its calls was answered with an error, which counts as `cost` errors. */
	handleError(cost: number): void;
	/** Resolves when most of what was sent is on its way, so that a slow reader's events stay in the bounded outbox. */
	drained(signal: AbortSignal): Promise<void>;
}

interface GuardOptions {
	clock: Clock;
	tunables: Tunables;
	metrics: Metrics;
	/** Counts what waits in the socket. */
	memory: Account;
	/** The frames that it sent and that wait for their turn. */
	line: Pick<Line, 'isWaiting' | 'drop'>;
	/** Counts a frame of this size. False when the limits of its address or of the whole server leave no room for more. */
	mayReceive(bytes: number): boolean;
	/** The socket is about to be closed because of what it sent. */
	onFlood(): void;
}

/** Must be called before anybody else listens for the socket's messages, so that nobody hears what is cut off here. */
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
	/** How many bytes wait to be read. */
	const waiting = (): number => {
		const bytes = socket.bufferedAmount;
		memory.hold(bytes);
		return bytes;
	};
	const most = (bytes: number) => Math.min(bytes, Math.max(leastBytes, memory.most()));
	const backlog = watchBacklog(waiting, () => most(tunables.backlogBytes), stream, clock, tunables.stuckMs);

	/** [L4] Counts before anything is parsed. Procedures have finer limits of their own. */
	function handleFrame(data: Buffer): void {
		silence.hear();
		const isTooMuch = !frames.take(1, silence.heardAt).ok || !bytes.take(data.length, silence.heardAt).ok;
		if (isTooMuch || !mayReceive(data.length)) cutFlood();
		else if (backlog.isFull()) cut('backlog');
	}

	/** `ws` goes on reading until the other end has closed too, which a flood never does. So nobody listens to it any more. */
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
		// Frames that came in the same chunk as this one are still to be emitted.
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
	// `ws` itself closes on an invalid or too large frame.
	socket.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code?.startsWith('WS_ERR') === true) onFlood();
	});
	socket.on('pong', handleFrame);
	// [P4] Pings below tRPC, which the browser answers even while its page is busy or its timers are throttled. Without them, a
	// half-open connection would look alive for minutes.
	const stop = clock.every(tunables.pingMs, () => {
		if (isCut) return;
		// While we do not read from it, we can't hear it.
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

/** This much may wait in a socket however little memory is left: an answer or two on a slow line. */
const leastBytes = 64 * 1024;

/** RFC 6455 §7.4.1: "such as a server going down or a browser having navigated away from a page". */
const goingAway = 1001;

/**
 * [L8] While the socket is full, events wait in the outbox, but answers and pongs do not: a client that calls without ever
 * reading would fill the memory with them. A client that reads nothing at all is cut as well, and may resume.
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
		/** True when something waits and none of it has been read for `stuckMs`. */
		isStuck() {
			const takenNow = stream.bytesWritten - stream.writableLength;
			if (takenNow !== taken || waiting() === 0) takenAt = clock.now();
			taken = takenNow;
			return clock.now() - takenAt >= stuckMs;
		},
	};
}

/** `ws` does not say when its buffer has room again, so a full one is checked now and then. */
async function drained(hasRoom: () => boolean, signal: AbortSignal, clock: Clock): Promise<void> {
	while (!hasRoom() && !signal.aborted) {
		await new Promise<void>((resolve) => clock.after(20, resolve));
	}
}
