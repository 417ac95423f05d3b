/**
 * Tries the paths of a call: to the server and back, and between two peers that are both in this page. Each probe ends by itself and says what it
 * found; `setup-findings.ts` decides what that means.
 */
import type { IceServer, PeekEvent } from '../protocol';
import type { Clock, PeerConnection } from '../platform/platform';
import { readSample, type CandidateType, type Path } from '../call/quality/stats';

/** A connection to the server, with a seat in a room of its own. */
export interface ServerLink {
	readonly kind: 'websocket' | 'http';
	/** Sends one command, as a call does. Rejects if it is refused or not answered. */
	command(): Promise<void>;
	/** Looks at a room from outside: one round trip. Rejects if no answer comes. */
	look(): Promise<PeekEvent>;
	close(): void;
}

export type ProbeConnection = PeerConnection & Pick<RTCPeerConnection, 'onicecandidateerror'>;

export interface ServerResult {
	via: ServerLink['kind'];
	/** Median of five. */
	roundTripMs: number;
	iceServers: IceServer[];
}

const looks = 5;

/** Rejects if the server can't be reached. The caller closes the link. */
export async function probeServer(clock: Pick<Clock, 'now'>, link: ServerLink): Promise<ServerResult> {
	await link.command();
	const durations: number[] = [];
	let iceServers: IceServer[] = [];
	for (let look = 0; look < looks; look++) {
		const beganAt = clock.now();
		({ iceServers } = await link.look());
		durations.push(clock.now() - beganAt);
	}
	durations.sort((a, b) => a - b);
	return { via: link.kind, roundTripMs: Math.round(durations[looks >> 1] ?? 0), iceServers };
}

export interface PathResult {
	connected: boolean;
	/** The kinds of address found on either side. */
	candidates: ReadonlySet<CandidateType>;
	/** Codes with which address and relay servers refused or failed (RFC 8489 section 14.8, and 701 of webrtc-pc section 4.8.2). */
	errors: ReadonlySet<number>;
	path: Path | null;
}

export interface PathOptions {
	iceServers: IceServer[];
	relayOnly: boolean;
	/** Waits, even after the two are connected, until an address of this kind is found or no more will come. */
	await?: CandidateType;
	timeoutMs: number;
}

/** Connects two peers of this page to each other. Never rejects; ends after `timeoutMs` at the latest. */
export function probePath(
	clock: Clock,
	createConnection: (configuration: RTCConfiguration) => ProbeConnection,
	options: PathOptions,
	signal: AbortSignal,
): Promise<PathResult> {
	const candidates = new Set<CandidateType>();
	const errors = new Set<number>();
	const connections: ProbeConnection[] = [];

	return new Promise((resolve) => {
		let over = false;

		function finish(): void {
			if (over) return;
			over = true;
			cancelTimeout();
			signal.removeEventListener('abort', finish);
			void conclude().then(resolve);
		}

		async function conclude(): Promise<PathResult> {
			const connected = connections.length > 0 && connections.every(isConnected);
			const report = connected ? await connections[0]?.getStats().catch(() => undefined) : undefined;
			for (const connection of connections) connection.close();
			return { connected, candidates, errors, path: report ? readSample(report).path : null };
		}

		function check(): void {
			const gathered = connections.every(({ iceGatheringState }) => iceGatheringState === 'complete');
			if (connections.some(({ connectionState }) => connectionState === 'failed')) return finish();
			// With no candidates to try, no connection ever reports that it has failed.
			if (gathered && candidates.size === 0) return finish();
			if (!connections.every(isConnected)) return;
			if (options.await === undefined || candidates.has(options.await) || gathered) finish();
		}

		function watch(connection: ProbeConnection, other: ProbeConnection): void {
			connection.onicecandidate = ({ candidate }) => {
				if (over) return;
				const type = / typ (host|srflx|prflx|relay)/.exec(candidate?.candidate ?? '')?.[1];
				if (type) candidates.add(type as CandidateType);
				// A candidate that can't be added only means one path less.
				if (candidate) other.addIceCandidate(candidate).catch(() => {});
				check();
			};
			connection.onicecandidateerror = ({ errorCode }) => void errors.add(errorCode);
			connection.onconnectionstatechange = check;
			connection.onicegatheringstatechange = check;
		}

		async function connect(): Promise<void> {
			const configuration: RTCConfiguration = {
				// The same type, except that its optional members may also be `undefined`.
				iceServers: options.iceServers as RTCIceServer[],
				iceTransportPolicy: options.relayOnly ? 'relay' : 'all',
			};
			const caller = createConnection(configuration);
			connections.push(caller);
			const callee = createConnection(configuration);
			connections.push(callee);
			watch(caller, callee);
			watch(callee, caller);
			caller.createDataChannel('check');
			await caller.setLocalDescription();
			if (caller.localDescription) await callee.setRemoteDescription(caller.localDescription);
			await callee.setLocalDescription();
			if (callee.localDescription) await caller.setRemoteDescription(callee.localDescription);
		}

		const cancelTimeout = clock.after(options.timeoutMs, finish);
		signal.addEventListener('abort', finish);
		// If a browser has no peer connections or refuses these servers, no path is found either.
		connect().catch(finish);
	});
}

function isConnected({ connectionState }: ProbeConnection): boolean {
	return connectionState === 'connected';
}
