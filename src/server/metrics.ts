/** What an operator can watch, as Prometheus metrics. Labels have few values; none names a person or a room. */
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { ErrorCode } from '../lib/protocol';
import type { RoomStore } from './room-store';

export type JoinOutcome = 'new' | 'returned' | 'resumed' | ErrorCode;

export interface Metrics {
	connectionOpened(kind: 'websocket' | 'sse'): void;
	connectionClosed(kind: 'websocket' | 'sse'): void;
	joined(outcome: JoinOutcome): void;
	signalled(): void;
	relayed(bytes: number): void;
	/** A reader was too slow for its outbox and was shown the room anew. */
	resynchronised(): void;
	refused(code: ErrorCode): void;
	/** What an address sent has to wait, because the address has used up its limit. */
	held(): void;
	/** A connection was cut: silent for too long, or flooding. */
	cut(why: 'silent' | 'flood' | 'backlog'): void;
	/** The text of `/metrics` and its content type. */
	render(): Promise<{ contentType: string; text: string }>;
}

/** `processMetrics` adds Node's own: memory, event loop, garbage collection. One server in a process may do so. */
export function createMetrics(store: RoomStore, options: { processMetrics: boolean }): Metrics {
	const registry = new Registry();
	const registers = [registry];
	if (options.processMetrics) collectDefaultMetrics({ register: registry });

	const connections = new Gauge({
		name: 'parley_connections',
		help: 'Open connections, by kind.',
		labelNames: ['kind'],
		registers,
	});
	const joins = new Counter({
		name: 'parley_joins_total',
		help: 'Joins, by what came of them: new, returned, resumed, or the code of the refusal.',
		labelNames: ['outcome'],
		registers,
	});
	const counter = (name: string, help: string) => new Counter({ name, help, registers });
	const signals = counter('parley_signals_total', 'Session descriptions and candidates taken for delivery.');
	const relays = counter('parley_relays_total', 'Sealed messages taken for delivery.');
	const relayedBytes = counter('parley_relayed_bytes_total', 'Bytes of sealed messages taken for delivery.');
	const resyncs = counter('parley_resynchronisations_total', 'Readers too slow for their outbox.');
	const held = counter('parley_held_total', 'Times that frames had to wait for what their address has used.');
	const errors = new Counter({
		name: 'parley_errors_total',
		help: 'Refused requests, by code. Rate limiting is one of them.',
		labelNames: ['code'],
		registers,
	});
	const cuts = new Counter({
		name: 'parley_connections_cut_total',
		help: 'Connections the server cut, by reason.',
		labelNames: ['reason'],
		registers,
	});
	const participants = new Gauge({
		name: 'parley_participants',
		help: 'Seats taken, in all rooms.',
		registers,
	});
	const rooms = new Gauge({ name: 'parley_rooms', help: 'Rooms with somebody in them.', registers });

	return {
		connectionOpened: (kind) => connections.inc({ kind }),
		connectionClosed: (kind) => connections.dec({ kind }),
		joined: (outcome) => joins.inc({ outcome }),
		signalled: () => signals.inc(),
		relayed(bytes) {
			relays.inc();
			relayedBytes.inc(bytes);
		},
		resynchronised: () => resyncs.inc(),
		held: () => held.inc(),
		refused: (code) => errors.inc({ code }),
		cut: (reason) => cuts.inc({ reason }),
		async render() {
			const count = await store.count();
			rooms.set(count.rooms);
			participants.set(count.participants);
			return { contentType: registry.contentType, text: await registry.metrics() };
		},
	};
}
