/** What a set-up check says: each finding in one line, and what to do about it if anything. */
import type { CheckSnapshot } from '../check/setup-check';
import { checkSteps, type CheckStep, type StepState } from '../check/setup-findings';
import type { Surroundings } from './browser-name';
import { obstacleWords } from './call-failure-words';
import { listWords } from './list';
import { mediaProblems } from './media-words';
import { say } from './say';

export interface StepWords {
	text: string;
	/** What helps; empty if no help is needed. */
	help: string;
}

export function stepName(step: CheckStep): string {
	switch (step) {
		case 'camera':
		case 'microphone':
		case 'speaker':
		case 'server':
		case 'relay':
			return say(step);
		case 'direct':
			return say('directConnection');
	}
}

/** The overall result in two lines. */
export function verdictWords({ verdict, states }: CheckSnapshot): { title: string; text: string } {
	const troubles = checkSteps.filter((step) => states[step] === 'bad' || states[step] === 'unsure');
	const helpBelow = () => say('helpBelow', { steps: listWords(troubles.map(stepName)) });
	switch (verdict) {
		case 'checking':
			return { title: say('checking'), text: say('checkingHelp') };
		case 'needs-you':
			return { title: say('soFarSoGood'), text: say('soFarSoGoodHelp') };
		case 'ready':
			return { title: say('canCall'), text: say('canCallHelp') };
		case 'limited':
			return { title: say('canCallLimited'), text: helpBelow() };
		case 'blocked':
			return { title: say('cannotCall'), text: helpBelow() };
	}
}

export function stepWords(
	step: CheckStep,
	snapshot: CheckSnapshot,
	surroundings: Surroundings,
	/** The origin of this page. */
	origin: string,
): StepWords {
	switch (step) {
		case 'camera':
			return cameraWords(snapshot, surroundings);
		case 'microphone':
			return microphoneWords(snapshot, surroundings);
		case 'speaker':
			return speakerWords(snapshot);
		case 'server':
			return serverWords(snapshot, origin);
		case 'direct':
			return directWords(snapshot);
		case 'relay':
			return relayWords(snapshot);
	}
}

function cameraWords({ findings, media }: CheckSnapshot, surroundings: Surroundings): StepWords {
	switch (findings.camera) {
		case 'not-asked':
			return plain(say('notTried'));
		case 'starting':
			return plain(say('startingAllow'));
		case 'on':
			return plain(say('cameraWorks'));
		case 'failed':
			return deviceFailure('camera', media, surroundings);
	}
}

function microphoneWords({ findings, media }: CheckSnapshot, surroundings: Surroundings): StepWords {
	switch (findings.microphone) {
		case 'not-asked':
			return plain(say('notTried'));
		case 'starting':
			return plain(say('startingAllow'));
		case 'listening':
			return plain(say('saySomething'));
		case 'heard':
			return plain(say('microphoneWorks'));
		case 'quiet':
			return {
				text: say('nothingHeard'),
				help: say('nothingHeardHelp'),
			};
		case 'failed':
			return deviceFailure('microphone', media, surroundings);
	}
}

function deviceFailure(
	source: 'camera' | 'microphone',
	media: CheckSnapshot['media'],
	surroundings: Surroundings,
): StepWords {
	const alone = { ...media, [source === 'camera' ? 'microphone' : 'camera']: quiet };
	const [problem] = mediaProblems(alone, surroundings);
	return {
		text: say('sentence', { text: problem?.title ?? say('itDoesNotWork') }),
		help: problem?.help ?? '',
	};
}

const quiet: CheckSnapshot['media']['camera'] = { wanted: false, state: 'off', failure: null };

function speakerWords({ findings }: CheckSnapshot): StepWords {
	switch (findings.speaker) {
		case 'not-asked':
			return plain(say('playTwoNotes'));
		case 'playing':
			return plain(say('playing'));
		case 'asking':
			return plain(say('didYouHear'));
		case 'heard':
			return plain(say('speakerWorks'));
		case 'not-heard':
			return {
				text: say('notHeard'),
				help: say('notHeardHelp'),
			};
		case 'unplayable':
			return {
				text: say('unplayable'),
				help: say('unplayableHelp'),
			};
	}
}

function serverWords({ findings, roundTripMs }: CheckSnapshot, origin: string): StepWords {
	const ms = roundTripMs ?? 0;
	switch (findings.server) {
		case 'trying':
			return plain(say('asking'));
		case 'websocket':
			return plain(say('answersIn', { ms }));
		case 'http':
			return {
				text: say('answersHttp', { ms }),
				help: say('answersHttpHelp'),
			};
		case 'slow':
			return {
				text: say('answersSlowly', { ms }),
				help: say('answersSlowlyHelp'),
			};
		case 'offline':
			return { text: say('offline'), help: say('offlineHelp') };
		case 'unreachable':
			return {
				text: say('noAnswer'),
				help: say('serverDownHelp'),
			};
		case 'origin-refused':
		case 'blocked':
		case 'intercepted':
		case 'buffered': {
			const { title, text } = obstacleWords(findings.server, origin);
			return { text: say('sentence', { text: title }), help: text };
		}
	}
}

function directWords({ findings, states }: CheckSnapshot): StepWords {
	switch (findings.direct) {
		case 'trying':
			return plain(say('trying'));
		case 'works':
			return plain(say('directWorks'));
		case 'unknown':
			return {
				text: say('ownNetwork'),
				help: states.relay === 'good' ? say('beyondByRelay') : say('beyondUnknown'),
			};
		case 'local-only':
			return {
				text: say('ownNetworkOnly'),
				help: states.relay === 'good' ? say('firewallRelay') : say('firewall'),
			};
		case 'none':
			return {
				text: say('doesNotWork'),
				help: states.relay === 'good' ? say('relayInstead') : say('vpnHelp'),
			};
		case 'unsupported':
			return {
				text: say('noWebrtc'),
				help: say('noWebrtcHelp'),
			};
	}
}

function relayWords({ findings, states, relayProtocol }: CheckSnapshot): StepWords {
	const isSpare = states.direct === 'good';
	switch (findings.relay) {
		case 'trying':
			return plain(say('trying'));
		case 'works':
			return plain(
				relayProtocol ? say('relayWorksOver', { protocol: relayProtocol.toUpperCase() }) : say('relayWorks'),
			);
		case 'not-configured':
			return plain(say('relayNone'));
		case 'not-tried':
			return plain(say('relayNotTried'));
		case 'refused':
			return {
				text: say('relayRefused'),
				help: say(isSpare ? 'relayRefusedSpare' : 'relayRefusedHelp'),
			};
		case 'unreachable':
			return {
				text: say('noAnswer'),
				help: say(isSpare ? 'relayDownSpare' : 'relayDownHelp'),
			};
	}
}

function plain(text: string): StepWords {
	return { text, help: '' };
}

/** For people who don't see the colour of the step. */
export function stepStateWords(state: StepState, step: string): string {
	switch (state) {
		case 'waiting':
			return say('stepWaiting', { step });
		case 'running':
			return say('stepRunning', { step });
		case 'good':
			return say('stepGood', { step });
		case 'unsure':
			return say('stepUnsure', { step });
		case 'bad':
			return say('stepBad', { step });
		case 'skipped':
			return say('stepSkipped', { step });
	}
}
