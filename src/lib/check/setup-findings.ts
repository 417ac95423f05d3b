/**
 * What a set-up check can find at each step, and what that means: for the step, and all of it together for a call. Pure; the words are in
 * `words/setup-words.ts`.
 */
import type { LocalSource } from '../call/media/media-state';
import type { SignalingObstacle } from '../call/signaling/signaling';
import type { PathResult, ServerResult } from './setup-probes';

export const checkSteps = ['camera', 'microphone', 'speaker', 'server', 'direct', 'relay'] as const;
export type CheckStep = (typeof checkSteps)[number];

/** `waiting`: for a click. `unsure`: works, with a caveat. `skipped`: there is nothing to try. */
export type StepState = 'waiting' | 'running' | 'good' | 'unsure' | 'bad' | 'skipped';

/** What each step has found. */
export interface Findings {
	camera: 'not-asked' | 'starting' | 'on' | 'failed';
	microphone: 'not-asked' | 'starting' | 'listening' | 'heard' | 'quiet' | 'failed';
	speaker: 'not-asked' | 'playing' | 'asking' | 'heard' | 'not-heard' | 'unplayable';
	server: 'trying' | 'websocket' | 'http' | 'slow' | 'offline' | 'unreachable' | SignalingObstacle;
	/** `unknown`: works within this network. Without an address server, nobody can say what is beyond it. */
	direct: 'trying' | 'works' | 'unknown' | 'local-only' | 'none' | 'unsupported';
	relay: 'trying' | 'works' | 'not-configured' | 'refused' | 'unreachable' | 'not-tried';
}

/** `needs-you`: nothing is wrong so far, and a step waits for a click. */
export type Verdict = 'checking' | 'needs-you' | 'ready' | 'limited' | 'blocked';

export const nothingYet: Findings = {
	...{ camera: 'not-asked', microphone: 'not-asked', speaker: 'not-asked' },
	...{ server: 'trying', direct: 'trying', relay: 'trying' },
};

const quietAfterMs = 6_000;
/** At half of this delay, people begin to interrupt each other (ITU-T G.114). */
const slowRoundTripMs = 400;

export function deviceFinding({ state, failure }: LocalSource): 'starting' | 'on' | 'failed' {
	// The person has not answered yet, so nothing has failed.
	if (failure?.code === 'asking') return 'starting';
	return state === 'on' || state === 'failed' ? state : 'starting';
}

/** @param heardSamples how many samples were louder than an open microphone's hiss since listening began */
export function microphoneFinding(
	source: LocalSource,
	heardSamples: number,
	listenedForMs: number,
): Findings['microphone'] {
	const finding = deviceFinding(source);
	if (finding !== 'on') return finding;
	// One loud sample may be the click of the microphone opening.
	if (heardSamples >= 2) return 'heard';
	return listenedForMs < quietAfterMs ? 'listening' : 'quiet';
}

export function serverFinding(
	server: ServerResult | SignalingObstacle | null,
	online: boolean,
): Findings['server'] {
	if (!server) return online ? 'unreachable' : 'offline';
	if (typeof server === 'string') return server;
	if (server.roundTripMs > slowRoundTripMs) return 'slow';
	return server.via;
}

/** `asked`: there was an address server to say how this browser is seen from outside. */
export function directFinding({ connected, candidates }: PathResult, asked: boolean): Findings['direct'] {
	if (!connected) return candidates.size === 0 ? 'unsupported' : 'none';
	if (!asked) return 'unknown';
	return candidates.has('srflx') ? 'works' : 'local-only';
}

export function relayFinding({ connected, errors }: PathResult): Findings['relay'] {
	if (connected) return 'works';
	return errors.has(401) || errors.has(403) ? 'refused' : 'unreachable';
}

const stateOf: { [Step in CheckStep]: Record<Findings[Step], StepState> } = {
	camera: { 'not-asked': 'waiting', starting: 'running', on: 'good', failed: 'bad' },
	microphone: {
		...{ 'not-asked': 'waiting', starting: 'running', listening: 'running' },
		...{ heard: 'good', quiet: 'unsure', failed: 'bad' },
	},
	speaker: {
		...{ 'not-asked': 'waiting', playing: 'running', asking: 'waiting' },
		...{ heard: 'good', 'not-heard': 'bad', unplayable: 'bad' },
	},
	server: {
		...{ trying: 'running', websocket: 'good', http: 'unsure', slow: 'unsure' },
		...{ offline: 'bad', unreachable: 'bad' },
		...{ 'origin-refused': 'bad', blocked: 'bad', intercepted: 'bad', buffered: 'bad' },
	},
	direct: {
		...{ trying: 'running', works: 'good', unknown: 'unsure', 'local-only': 'unsure' },
		...{ none: 'bad', unsupported: 'bad' },
	},
	relay: {
		...{ trying: 'running', works: 'good', 'not-configured': 'skipped', 'not-tried': 'skipped' },
		...{ refused: 'bad', unreachable: 'bad' },
	},
};

export function statesOf(findings: Findings): Record<CheckStep, StepState> {
	return {
		camera: stateOf.camera[findings.camera],
		microphone: stateOf.microphone[findings.microphone],
		speaker: stateOf.speaker[findings.speaker],
		server: stateOf.server[findings.server],
		direct: stateOf.direct[findings.direct],
		relay: stateOf.relay[findings.relay],
	};
}

/** The overall verdict. A relay makes up for a missing direct connection, and is not needed where there is one. */
export function verdictOf(states: Record<CheckStep, StepState>): Verdict {
	const { camera, microphone, speaker, server, direct, relay } = states;
	if (server === 'bad') return 'blocked';
	if ([server, direct, relay].includes('running')) return 'checking';
	const path = direct === 'good' || relay === 'good' ? 'good' : direct;
	if (path === 'bad') return 'blocked';
	const devices = [camera, microphone, speaker];
	if (path === 'unsure' || devices.includes('bad') || devices.includes('unsure')) return 'limited';
	if (devices.includes('waiting')) return 'needs-you';
	return devices.includes('running') ? 'checking' : 'ready';
}
