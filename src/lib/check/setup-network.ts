/**
 * The network part of a set-up check: tries the server first, which names the address and relay servers, then a direct connection, then the
 * relay. Reports each finding as it comes. Starting again ends the run before, which reports nothing more.
 */
import type { SignalingObstacle } from '../call/signaling/signaling';
import { obstacleOf } from '../call/signaling/trpc-answer';
import type { Platform } from '../platform/platform';
import { directFinding, relayFinding, serverFinding, type Findings } from './setup-findings';
import {
	probePath,
	probeServer,
	type PathOptions,
	type ProbeConnection,
	type ServerLink,
	type ServerResult,
} from './setup-probes';

const directTimeoutMs = 8_000;
const relayTimeoutMs = 12_000;

/** Measurements that go with the findings. */
export interface NetworkFigures {
	/** Milliseconds there and back; `null` until measured. */
	roundTripMs: number | null;
	/** How the relay is reached; `null` if it isn't. */
	relayProtocol: 'udp' | 'tcp' | 'tls' | null;
}

export interface NetworkCheckPort {
	platform: Pick<Platform, 'clock' | 'network'>;
	openServer(signal: AbortSignal): Promise<ServerLink>;
	createConnection(configuration: RTCConfiguration): ProbeConnection;
	found(findings: Partial<Findings>, figures?: Partial<NetworkFigures>): void;
}

export interface NetworkCheck {
	/** Checks the server, the direct connection and the relay again. */
	begin(): void;
	close(): void;
}

export function createNetworkCheck(port: NetworkCheckPort): NetworkCheck {
	const { clock, network } = port.platform;
	let run = new AbortController();

	async function check(): Promise<void> {
		run.abort();
		const { signal } = (run = new AbortController());
		const probe = (options: PathOptions) => probePath(clock, port.createConnection, options, signal);
		port.found(
			{ server: 'trying', direct: 'trying', relay: 'trying' },
			{ roundTripMs: null, relayProtocol: null },
		);

		const reached = await reachServer(signal);
		if (signal.aborted) return;
		const server = typeof reached === 'object' ? reached : null;
		port.found(
			{ server: serverFinding(reached, network.online) },
			{ roundTripMs: server?.roundTripMs ?? null },
		);
		const iceServers = server?.iceServers ?? [];
		const names = (scheme: RegExp) => iceServers.some(({ urls }) => urls.some((url) => scheme.test(url)));
		const stun = names(/^(stun|turn)s?:/);

		const direct = await probe({
			...{ iceServers, relayOnly: false, timeoutMs: directTimeoutMs },
			...(stun ? { await: 'srflx' } : {}),
		});
		if (signal.aborted) return;
		port.found({ direct: directFinding(direct, stun) });

		if (!server) return port.found({ relay: 'not-tried' });
		if (!names(/^turns?:/)) return port.found({ relay: 'not-configured' });
		const relay = await probe({ iceServers, relayOnly: true, timeoutMs: relayTimeoutMs });
		if (signal.aborted) return;
		port.found({ relay: relayFinding(relay) }, { relayProtocol: relay.path?.relayProtocol ?? null });
	}

	async function reachServer(signal: AbortSignal): Promise<ServerResult | SignalingObstacle | null> {
		let link: ServerLink | null = null;
		// Closes at once instead of waiting for an answer: the link holds a seat on the server.
		const letGo = () => {
			link?.close();
			link = null;
		};
		try {
			link = await port.openServer(signal);
			if (signal.aborted) return null;
			signal.addEventListener('abort', letGo);
			return await probeServer(clock, link);
		} catch (error) {
			return obstacleOf(error);
		} finally {
			signal.removeEventListener('abort', letGo);
			letGo();
		}
	}

	return {
		begin: () => void check(),
		close: () => run.abort(),
	};
}
