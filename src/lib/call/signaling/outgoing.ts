/**
 * What a session sends to the others through the server: one queue for each recipient, served in turn, so that somebody who makes us send a
 * lot delays nobody else. Keeps the order for each recipient, leaves out what a later signal has made void, and keeps to a pace. Knows no
 * connections; what was not answered on one is sent again on the next.
 */
import type { DescriptionSignal, RelayInput, Signal, SignalInput, WireError } from '../../protocol';
import type { Clock, Unsubscribe } from '../../platform/platform';
import type { SendPace } from './send-pace';

/** Signals for one recipient: enough for several generations of candidates. */
const signalsMax = 512;
/** How many of them may be on their way at once: if the recipient is gone, each is answered with an error. */
const inFlightMax = 32;
const relaysMax = 32;
const retryMs = 500;
/** Refusals that pass with time. */
const passing: ReadonlySet<string> = new Set(['rate-limited', 'not-joined', 'internal']);

export interface OutgoingPort {
	/** Whether we can send something now. */
	isOpen(): boolean;
	sendSignal(input: SignalInput): Promise<unknown>;
	sendRelay(input: RelayInput): Promise<unknown>;
	/** What the server said, or `null` when it was the connection that failed. */
	refusalOf(error: unknown): WireError | null;
}

export interface Outgoing {
	addSignal(input: SignalInput): void;
	/** Resolves false when it was not taken. */
	addRelay(input: RelayInput): Promise<boolean>;
	/** The connection is open: sends what waits. */
	flush(): void;
	/** The connection is lost. Signals are kept for the next one, relayed texts are not. */
	detach(): void;
}

interface QueuedSignal {
	input: SignalInput;
	inFlight: boolean;
}

interface QueuedRelay {
	input: RelayInput;
	settle(taken: boolean): void;
}

interface Line {
	signals: QueuedSignal[];
	relays: QueuedRelay[];
}

export function createOutgoing(clock: Clock, pace: SendPace, port: OutgoingPort): Outgoing {
	/** In the order in which they are served. */
	const lines = new Map<string, Line>();
	let cancelFlush: Unsubscribe | null = null;

	function lineTo({ to, incarnation }: SignalInput | RelayInput): Line {
		const name = `${to} ${incarnation}`;
		const line = lines.get(name) ?? { signals: [], relays: [] };
		lines.set(name, line);
		return line;
	}

	function flush(): void {
		if (cancelFlush || !port.isOpen()) return;
		for (let served = true; served;) {
			served = false;
			for (const [name, line] of [...lines]) {
				const send = nextOf(line);
				if (!send) {
					if (line.signals.length === 0 && line.relays.length === 0) lines.delete(name);
					continue;
				}
				const waitMs = pace.take(send.cost, clock.now());
				if (waitMs > 0) return flushAfter(waitMs);
				// Move it to the end, so that the others are served first next time, also after a pause.
				lines.delete(name);
				lines.set(name, line);
				send.go();
				served = true;
			}
		}
	}

	function flushAfter(delayMs: number): void {
		cancelFlush?.();
		cancelFlush = clock.after(delayMs, () => {
			cancelFlush = null;
			flush();
		});
	}

	function nextOf(line: Line) {
		const inFlight = line.signals.filter((each) => each.inFlight).length;
		const signal = inFlight < inFlightMax ? line.signals.find((each) => !each.inFlight) : undefined;
		if (signal) return { cost: { chars: sizeOf(signal.input.signal) }, go: () => sendSignal(line, signal) };
		const [relay] = line.relays;
		if (!relay) return null;
		const { length } = relay.input.sealed;
		return { cost: { chars: length, relayedChars: length }, go: () => sendRelay(line, relay) };
	}

	function sendSignal(line: Line, queued: QueuedSignal): void {
		queued.inFlight = true;
		const settle = () => void (line.signals = line.signals.filter((other) => other !== queued));
		port.sendSignal(queued.input).then(
			() => {
				settle();
				pace.handleSuccess(clock.now());
				flush();
			},
			(error: unknown) => {
				// Without a code it was the connection that failed, and `detach` keeps the signal for the next one.
				const refusal = port.refusalOf(error);
				if (!refusal) return;
				if (passing.has(refusal.code)) {
					queued.inFlight = false;
					return flushAfter(refusal.retryAfterMs ?? retryMs);
				}
				settle();
				// Nobody is there: the rest would be refused one by one.
				if (refusal.code === 'no-such-participant')
					line.signals = line.signals.filter((each) => each.inFlight);
				flush();
			},
		);
	}

	function sendRelay(line: Line, queued: QueuedRelay): void {
		line.relays = line.relays.filter((other) => other !== queued);
		port.sendRelay(queued.input).then(
			() => {
				pace.handleSuccess(clock.now());
				queued.settle(true);
			},
			() => queued.settle(false),
		);
	}

	return {
		addSignal(input) {
			const line = lineTo(input);
			if (input.signal.kind === 'description') {
				const { signal } = input;
				line.signals = line.signals.filter((each) => each.inFlight || !supersedes(signal, each.input.signal));
			}
			line.signals.push({ input, inFlight: false });
			if (line.signals.length > signalsMax) {
				const isSpare = ({ inFlight, input: { signal } }: QueuedSignal) =>
					!inFlight && signal.kind === 'candidate';
				const spare = line.signals.findIndex(isSpare);
				line.signals.splice(Math.max(0, spare), 1);
			}
			flush();
		},
		addRelay(input) {
			const line = lineTo(input);
			if (!port.isOpen() || line.relays.length >= relaysMax) return Promise.resolve(false);
			return new Promise((settle) => {
				line.relays.push({ input, settle });
				flush();
			});
		},
		flush,
		detach() {
			cancelFlush?.();
			cancelFlush = null;
			for (const line of lines.values()) {
				for (const signal of line.signals) {
					// Whatever the answer would have been, the next connection has a count of its own.
					if (signal.inFlight) pace.handleSuccess(clock.now());
					signal.inFlight = false;
				}
				for (const relay of line.relays.splice(0)) relay.settle(false);
			}
		},
	};
}

/** Whether a description makes it pointless to send an earlier signal that is still waiting. */
function supersedes(description: DescriptionSignal, earlier: Signal): boolean {
	if (earlier.epoch !== description.epoch) return earlier.epoch < description.epoch;
	if (earlier.kind === 'candidate') {
		return earlier.candidate !== '' && description.sdp.includes(earlier.candidate);
	}
	return earlier.type === description.type && earlier.offer <= description.offer;
}

const sizeOf = (signal: Signal) => (signal.kind === 'description' ? signal.sdp : signal.candidate).length;
