import { describe, expect, it } from 'vitest';
import type { LocalSource, MediaFailureCode } from '../call/media/media-state';
import {
	deviceFinding,
	directFinding,
	microphoneFinding,
	relayFinding,
	serverFinding,
	statesOf,
	verdictOf,
	type Findings,
} from './setup-findings';
import type { PathResult } from './setup-probes';

describe('of a device', () => {
	const on: LocalSource = { wanted: true, state: 'on', failure: null };
	const failed = (code: MediaFailureCode): LocalSource => ({
		...{ wanted: true, state: 'failed', failure: { code, mendsItself: false } },
	});

	it('nothing is known to be wrong while the browser is asking the person', () => {
		expect(deviceFinding(failed('asking'))).toBe('starting');
		expect(deviceFinding(failed('denied'))).toBe('failed');
		expect(deviceFinding({ ...on, state: 'off' })).toBe('starting');
	});

	it('a microphone is heard by more than the click of its opening, and quiet after a while without', () => {
		expect(microphoneFinding(on, 1, 1_000)).toBe('listening');
		expect(microphoneFinding(on, 2, 1_000)).toBe('heard');
		expect(microphoneFinding(on, 1, 60_000)).toBe('quiet');
		expect(microphoneFinding(on, 2, 60_000)).toBe('heard');
		expect(microphoneFinding(failed('busy'), 2, 1_000)).toBe('failed');
	});
});

describe('of the network', () => {
	const path = (change: Partial<PathResult>): PathResult => ({
		...{ connected: true, candidates: new Set(['host']), errors: new Set(), path: null },
		...change,
	});
	const server = { via: 'websocket', roundTripMs: 30, iceServers: [] } as const;

	it('a server is slow or near, and one that is not reached is told from a missing network and from what stands in the way', () => {
		expect(serverFinding({ ...server, iceServers: [] }, true)).toBe('websocket');
		expect(serverFinding({ ...server, iceServers: [], roundTripMs: 900 }, true)).toBe('slow');
		expect(serverFinding(null, true)).toBe('unreachable');
		expect(serverFinding(null, false)).toBe('offline');
		expect(serverFinding('intercepted', true)).toBe('intercepted');
	});

	it('a direct way is judged by the addresses that were found, where somebody was there to tell them', () => {
		const outside = new Set(['host', 'srflx'] as const);
		expect(directFinding(path({ candidates: outside }), true)).toBe('works');
		expect(directFinding(path({}), true)).toBe('local-only');
		expect(directFinding(path({}), false)).toBe('unknown');
		expect(directFinding(path({ connected: false }), true)).toBe('none');
		expect(directFinding(path({ connected: false, candidates: new Set() }), true)).toBe('unsupported');
	});

	it('a relay that refuses is told from one that is silent', () => {
		expect(relayFinding(path({}))).toBe('works');
		expect(relayFinding(path({ connected: false, errors: new Set([701, 401]) }))).toBe('refused');
		expect(relayFinding(path({ connected: false, errors: new Set([403]) }))).toBe('refused');
		expect(relayFinding(path({ connected: false, errors: new Set([701]) }))).toBe('unreachable');
	});
});

describe('the verdict', () => {
	const fine: Findings = {
		...{ camera: 'on', microphone: 'heard', speaker: 'heard' },
		...{ server: 'websocket', direct: 'works', relay: 'not-configured' },
	};
	const verdict = (change: Partial<Findings>) => verdictOf(statesOf({ ...fine, ...change }));

	it('is yes when everything works, and does not miss a relay that is not needed', () => {
		expect(verdict({})).toBe('ready');
		expect(verdict({ relay: 'unreachable' })).toBe('ready');
		expect(verdict({ direct: 'none', relay: 'works' })).toBe('ready');
		expect(verdict({ direct: 'unknown', relay: 'works' })).toBe('ready');
	});

	it('is no without a server or without any path', () => {
		expect(verdict({ server: 'unreachable', direct: 'trying' })).toBe('blocked');
		expect(verdict({ direct: 'none' })).toBe('blocked');
		expect(verdict({ direct: 'none', relay: 'refused' })).toBe('blocked');
	});

	it('is limited where a device fails or people beyond this network may be out of reach', () => {
		expect(verdict({ camera: 'failed' })).toBe('limited');
		expect(verdict({ microphone: 'quiet' })).toBe('limited');
		expect(verdict({ direct: 'local-only' })).toBe('limited');
	});

	it('waits for what is being tried, and for the person', () => {
		expect(verdict({ direct: 'trying' })).toBe('checking');
		expect(verdict({ microphone: 'listening' })).toBe('checking');
		expect(verdict({ speaker: 'not-asked' })).toBe('needs-you');
	});
});
