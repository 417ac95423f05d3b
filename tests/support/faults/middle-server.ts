/**
 * Stands before an honest server and does to what passes what a dishonest one could: reads it, changes it, keeps it, says things of
 * its own. Neither end can tell it from the server. What it does is up to a meddler; without one it only passes.
 *
 * Calls over WebSockets alone are meddled with; pages and files pass as they are.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import type {
	JoinInput,
	ParticipantId,
	PeekEvent,
	RelayInput,
	ServerEvent,
	SignalInput,
} from '../../../src/lib/protocol';
import { forwardRequests } from './forward-http';

/** A browser's connection, as the middle sees it. */
export interface MiddleClient {
	/** Its page load and its person's name, as it said them itself; `null` until it joins. */
	readonly incarnation: string | null;
	readonly name: string | null;
	/** Its participant, as the server named it; `null` until it is welcome. */
	readonly id: ParticipantId | null;
	/** Says something as the server would. */
	tell(event: ServerEvent): void;
	/** Sends a signal to the server as the browser would. */
	signal(input: SignalInput): void;
}

type Changed<T> = T | null | Promise<T | null>;

/** What goes on in place of what came, in the order in which it came; `null`: nothing does, and whoever called hears that all went well. */
export interface Meddler {
	peek?(input: { room: string }, client: MiddleClient): Changed<object>;
	join?(input: JoinInput, client: MiddleClient): Changed<JoinInput>;
	signal?(input: SignalInput, client: MiddleClient): Changed<SignalInput>;
	relay?(input: RelayInput, client: MiddleClient): Changed<RelayInput>;
	peeked?(event: PeekEvent, client: MiddleClient): Changed<PeekEvent>;
	told?(event: ServerEvent, client: MiddleClient): Changed<ServerEvent>;
}

export interface MiddleServer {
	readonly origin: string;
	readonly clients: ReadonlySet<MiddleClient>;
	/** Everything that came over WebSockets, as it came. */
	readonly frames: readonly string[];
	/** From now on. */
	meddle(meddler: Meddler): void;
	close(): Promise<void>;
}

/** tRPC's envelopes, as far as they are read here. */
interface CallFrame {
	id: number;
	method: string;
	params?: { path: string; input: unknown };
}
interface AnswerFrame {
	id: number;
	result?: { type: string; id?: string; data?: unknown };
}
interface Tracked {
	id: string;
	data: ServerEvent;
}

export async function startMiddleServer(
	target: { port: number },
	meddler: Meddler = {},
): Promise<MiddleServer> {
	const clients = new Set<MiddleClient>();
	const frames: string[] = [];
	let meddling = meddler;
	const server = createServer(forwardRequests(target));
	const sockets = new WebSocketServer({ server });
	sockets.on('connection', (downstream, request) => {
		const upstream = connect(target, request);
		for (const socket of [downstream, upstream]) {
			socket.on('message', (data: Buffer) => frames.push(data.toString()));
		}
		const client = standBetween(downstream, upstream, () => meddling);
		clients.add(client);
		downstream.on('close', () => clients.delete(client));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		origin: `http://127.0.0.1:${port}`,
		clients,
		frames,
		meddle(next) {
			meddling = next;
		},
		async close() {
			for (const socket of sockets.clients) socket.terminate();
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

/** With the browser's own `Host` and `Origin`, which have to fit each other. */
function connect({ port }: { port: number }, { headers }: IncomingMessage): WebSocket {
	const { host, origin } = headers;
	return new WebSocket(`ws://127.0.0.1:${port}/trpc`, {
		headers: { ...(host && { host }), ...(origin && { origin }) },
	});
}

function standBetween(downstream: WebSocket, upstream: WebSocket, meddler: () => Meddler): MiddleClient {
	/** Paths of the calls that are not answered to the end. */
	const paths = new Map<number, string>();
	let incarnation: string | null = null;
	let name: string | null = null;
	let id: ParticipantId | null = null;
	let joinCall = 0;
	let lastEventId = '';
	let ownCalls = 0;

	const client: MiddleClient = {
		get incarnation() {
			return incarnation;
		},
		get name() {
			return name;
		},
		get id() {
			return id;
		},
		tell: (event) => answer({ id: joinCall, result: tracked(lastEventId, event) }),
		// Negative ids are no browser's; what is answered under them goes to nobody.
		signal: (input) =>
			call({ id: (ownCalls -= 1), method: 'mutation', params: { path: 'room.signal', input } }),
	};
	const call = (frame: object) => send(upstream, JSON.stringify(frame));
	const answer = (frame: object) => send(downstream, JSON.stringify(frame));

	async function handleCall(frame: CallFrame): Promise<void> {
		if (!frame.params) return call(frame);
		const { path, input } = frame.params;
		paths.set(frame.id, path);
		if (path === 'room.join') {
			joinCall = frame.id;
			({ incarnation, name } = input as JoinInput);
		}
		const changed = await changedInput(meddler(), path, input, client);
		if (changed === null) answer({ id: frame.id, result: { type: 'data' } });
		else call({ ...frame, params: { path, input: changed } });
	}

	async function handleAnswer(frame: AnswerFrame): Promise<void> {
		if (frame.id < 0) return;
		const path = paths.get(frame.id);
		const { result } = frame;
		if (result?.type !== 'data' || result.data === undefined) return answer(frame);
		if (path === 'room.peek') {
			const event = result.data as PeekEvent;
			const { peeked } = meddler();
			const data = peeked ? await peeked(event, client) : event;
			return data ? answer({ ...frame, result: { ...result, data } }) : undefined;
		}
		if (path !== 'room.join') return answer(frame);
		const event = result.data as Tracked;
		lastEventId = event.id;
		if (event.data.type === 'welcome') ({ id } = event.data.self);
		const { told } = meddler();
		const data = told ? await told(event.data, client) : event.data;
		if (data) answer({ ...frame, result: tracked(event.id, data) });
	}

	pass(downstream, upstream, handleCall);
	pass(upstream, downstream, handleAnswer);
	return client;
}

function changedInput(
	meddler: Meddler,
	path: string,
	input: unknown,
	client: MiddleClient,
): Changed<unknown> {
	switch (path) {
		case 'room.peek':
			return meddler.peek ? meddler.peek(input as { room: string }, client) : input;
		case 'room.join':
			return meddler.join ? meddler.join(input as JoinInput, client) : input;
		case 'room.signal':
			return meddler.signal ? meddler.signal(input as SignalInput, client) : input;
		case 'room.relay':
			return meddler.relay ? meddler.relay(input as RelayInput, client) : input;
		default:
			return input;
	}
}

const tracked = (id: string, data: ServerEvent) => ({ type: 'data', id, data: { id, data } });

/** One direction. What comes while something is thought about waits its turn. */
function pass<Frame>(from: WebSocket, to: WebSocket, handle: (frame: Frame) => Promise<void>): void {
	let before = Promise.resolve();
	from.on('message', (data: RawData) => {
		const text = (data as Buffer).toString();
		if (!/^[{[]/.test(text)) return send(to, text);
		// Several may come in one.
		for (const frame of [JSON.parse(text) as Frame | Frame[]].flat() as Frame[]) {
			// A meddler that fails has lost a message, and not the connection.
			before = before.then(() => handle(frame)).catch((error: unknown) => console.error(error));
		}
	});
	from.on('close', (code) => to.close(code === 1005 || code === 1006 ? undefined : code));
	from.on('error', () => to.terminate());
}

function send(socket: WebSocket, text: string): void {
	if (socket.readyState === WebSocket.CONNECTING) socket.once('open', () => socket.send(text));
	else if (socket.readyState === WebSocket.OPEN) socket.send(text);
}
