/**
 * A real server on a free port inside the test's process, and real tRPC clients for it: over a WebSocket, and over HTTP
 * with server-sent events. Knows nothing of peers or media.
 */
import { Writable } from 'node:stream';
import {
	TRPCClientError,
	createTRPCClient,
	createWSClient,
	httpLink,
	httpSubscriptionLink,
	splitLink,
	wsLink,
	type TRPCClient,
} from '@trpc/client';
import { EventSource } from 'eventsource';
import { WebSocket } from 'ws';
import {
	protocolVersion,
	type CandidateSignal,
	type CertifiedSignal,
	type JoinInput,
	type ServerEvent,
	type Welcome,
	type WireError,
} from '../../src/lib/protocol';
import { inBody } from '../../src/lib/call/signaling/trpc-in-body';
import { readConfig } from '../../src/server/config';
import { createLog, type LogLevel } from '../../src/server/log';
import type { AppRouter } from '../../src/server/router';
import { serve, type PageHandler } from '../../src/server/serve';
import type { Tunables } from '../../src/server/tunables';
import { pageLoad } from './page-load';

export interface TestServer {
	port: number;
	url: string;
	/** Everything logged so far, one JSON text a line. */
	log(): string;
	metrics(): Promise<string>;
	stop(): Promise<void>;
}

export interface TestServerOptions {
	environment?: Record<string, string>;
	tunables?: Partial<Tunables>;
	/** `silent` where there would be a million lines. */
	logLevel?: LogLevel;
	/** Without it there are none. */
	pages?: PageHandler;
}

/** Waits long enough for a slow machine and short enough for a test. */
const patienceMs = 12_000;

export async function startServer({
	environment,
	tunables,
	logLevel = 'debug',
	pages = noPages,
}: TestServerOptions = {}): Promise<TestServer> {
	const lines: string[] = [];
	const destination = new Writable({
		write(chunk: Buffer, _encoding, done) {
			lines.push(chunk.toString());
			done();
		},
	});
	const secret = 'a secret only tests know';
	const config = readConfig({ HOST: '127.0.0.1', PORT: '0', SECRET: secret, ...environment });
	const serving = await serve({
		config,
		secret: config.secret ?? secret,
		log: createLog(logLevel, secret, destination),
		tunables: { stopMs: 100, ...tunables },
		pages,
	});
	const url = `http://127.0.0.1:${serving.port}`;
	return {
		port: serving.port,
		url,
		log: () => lines.join(''),
		metrics: async () => (await fetch(`${url}/metrics`)).text(),
		stop: () => serving.stop(),
	};
}

const noPages: PageHandler = (_request, response) => {
	response.writeHead(404);
	response.end('no page');
};

export interface TestClient {
	trpc: TRPCClient<AppRouter>;
	/** Over HTTP: sent with every request from now on. */
	token: string | null;
	/** Cuts the connection without a word, as a crash does. */
	cut(): void;
	/** Over a WebSocket: reads nothing until it is resumed. */
	pause(): void;
	resume(): void;
	/** Closes it as a closed tab or a reload does. */
	goAway(): void;
	/** Closes it in an orderly way. */
	close(): Promise<void>;
	/** The WebSocket's close code, once it has one. */
	readonly closed: Promise<number>;
}

/** A tRPC client that connects once and never again by itself. */
export function connectWebSocket(
	server: { port: number },
	options: { origin?: string; autoPong?: boolean; headers?: Record<string, string> } = {},
): TestClient {
	let current: WebSocket | undefined;
	let reportClosed: (code: number) => void = () => {};
	const closed = new Promise<number>((resolve) => (reportClosed = resolve));
	class Socket extends WebSocket {
		constructor(url: string) {
			super(url, {
				origin: options.origin,
				headers: options.headers,
				autoPong: options.autoPong ?? true,
			} as WebSocket.ClientOptions);
			// eslint-disable-next-line @typescript-eslint/no-this-alias -- the test wants to hold the socket tRPC makes
			current = this;
			this.on('close', reportClosed);
			this.on('error', () => {});
		}
	}
	const socket = createWSClient({
		url: `ws://127.0.0.1:${server.port}/trpc`,
		WebSocket: Socket as unknown as typeof globalThis.WebSocket,
		retryDelayMs: () => 3_600_000,
	});
	return {
		trpc: createTRPCClient<AppRouter>({ links: [wsLink({ client: socket })] }),
		token: null,
		cut: () => current?.terminate(),
		pause: () => current?.pause(),
		resume: () => current?.resume(),
		goAway: () => current?.close(1001),
		close: () => socket.close(),
		closed,
	};
}

/** The same procedures without a WebSocket. Its token is sent as a bearer token. */
export function connectHttp(
	server: { url: string },
	options: { headers?: Record<string, string> } = {},
): TestClient {
	const streams = new AbortController();
	const headers = (): Record<string, string> => ({
		...options.headers,
		...(client.token !== null && { authorization: `Bearer ${client.token}` }),
	});
	const url = `${server.url}/trpc`;
	const client: TestClient = {
		trpc: createTRPCClient<AppRouter>({
			links: [
				splitLink({
					condition: ({ type }) => type === 'subscription',
					true: httpSubscriptionLink({
						url,
						EventSource,
						eventSourceOptions: {
							fetch(address, init) {
								const [url, posted] = inBody(address, init, headers());
								return fetch(url, {
									...posted,
									signal: AbortSignal.any([streams.signal, ...(init.signal ? [init.signal] : [])]),
								});
							},
						},
					}),
					false: httpLink({ url, headers }),
				}),
			],
		}),
		token: null,
		cut: () => streams.abort(),
		pause() {},
		resume() {},
		goAway: () => streams.abort(),
		close: () => Promise.resolve(streams.abort()),
		closed: new Promise(() => {}),
	};
	return client;
}

export interface TestSession {
	/** Everything heard, with the ids it came under. */
	heard: { id: string; event: ServerEvent }[];
	/** The first event of this type that was not returned before, now or when it comes. */
	next<Type extends ServerEvent['type']>(type: Type): Promise<Extract<ServerEvent, { type: Type }>>;
	/** How the subscription ended: an error, or `null` when it just stopped. */
	ended: Promise<WireError | null>;
	/** Stops listening, which to the server is a lost connection. */
	unsubscribe(): void;
}

let incarnations = 0;
/** A page load nobody had before. */
export function newIncarnation(): string {
	incarnations += 1;
	return pageLoad(`incarnation-${incarnations}`);
}

export function joinInput(input: Partial<JoinInput> = {}): JoinInput {
	return {
		room: 'test-room',
		name: 'Somebody',
		incarnation: newIncarnation(),
		protocol: protocolVersion,
		publications: { microphone: true, camera: true, screen: false },
		...input,
	};
}

export function join(client: TestClient, input: Partial<JoinInput> = {}): TestSession {
	const heard: TestSession['heard'] = [];
	const returned = new Set<ServerEvent>();
	const waiting = new Set<() => void>();
	let finish: (error: WireError | null) => void = () => {};
	const ended = new Promise<WireError | null>((resolve) => (finish = resolve));
	const subscription = client.trpc.room.join.subscribe(joinInput(input), {
		onData({ id, data }) {
			heard.push({ id, event: data });
			if (data.type === 'welcome') client.token = data.rejoinToken;
			for (const look of waiting) look();
		},
		onError: (error) => finish(wireErrorOf(error)),
		onComplete: () => finish(null),
	});
	return {
		heard,
		ended,
		unsubscribe: () => subscription.unsubscribe(),
		next: (type) =>
			new Promise((resolve, reject) => {
				const timer = setTimeout(() => {
					waiting.delete(look);
					const types = heard.map(({ event }) => event.type).join(', ');
					reject(new Error(`no ${type} came; heard: ${types}`));
				}, patienceMs);
				const look = () => {
					const found = heard.find(({ event }) => event.type === type && !returned.has(event));
					if (!found) return;
					clearTimeout(timer);
					waiting.delete(look);
					returned.add(found.event);
					resolve(found.event as never);
				};
				waiting.add(look);
				look();
			}),
	};
}

/** Joins and waits for the welcome. */
export async function enter(
	client: TestClient,
	input: Partial<JoinInput> = {},
): Promise<TestSession & { welcome: Welcome }> {
	const session = join(client, input);
	return { ...session, welcome: await session.next('welcome') };
}

/** The refusal a call ends with; fails when it ends with none. */
export async function refusalOf(call: Promise<unknown>): Promise<WireError> {
	try {
		await call;
	} catch (error) {
		return wireErrorOf(error);
	}
	throw new Error('the call was not refused');
}

export function wireErrorOf(error: unknown): WireError {
	if (!(error instanceof TRPCClientError)) throw error;
	const data = error.data as { parley?: WireError } | undefined;
	if (!data?.parley) throw error;
	return data.parley;
}

/** Small candidates in a countable order. */
export function candidate(number: number, text = ''): CandidateSignal {
	return {
		kind: 'candidate',
		epoch: 0,
		candidate: `candidate:${number} ${text}`,
		sdpMid: '0',
		sdpMLineIndex: 0,
		usernameFragment: null,
	};
}

/** In the form that the server asks for. Nobody but the other end could tell that it proves nothing. */
export const madeUpCertificate = { key: 'k'.repeat(87), signature: 's'.repeat(86) };

export function offer(sdp: string): CertifiedSignal {
	return { kind: 'description', epoch: 0, offer: 1, type: 'offer', sdp, ...madeUpCertificate };
}
