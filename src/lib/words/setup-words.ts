/** What a set-up check says: each finding in a line, and what to do about it where something is to be done. */
import { checkSteps, type CheckSnapshot, type CheckStep } from '../check/setup-check';
import type { Surroundings } from './browser-name';
import { obstacleWords } from './call-failure-words';
import { mediaProblems } from './media-words';

export interface StepWords {
	text: string;
	/** What helps; empty where nothing has to be helped. */
	help: string;
}

export const stepNames: Record<CheckStep, string> = {
	camera: 'Camera',
	microphone: 'Microphone',
	speaker: 'Speaker',
	server: 'Server',
	direct: 'Direct connection',
	relay: 'Relay',
};

/** The whole in two lines. */
export function verdictWords({ verdict, states }: CheckSnapshot): { title: string; text: string } {
	const troubles = checkSteps.filter((step) => states[step] === 'bad' || states[step] === 'unsure');
	const where = `What helps stands below, under ${listed(troubles.map((step) => stepNames[step].toLowerCase()))}.`;
	switch (verdict) {
		case 'checking':
			return { title: 'Checking…', text: 'This takes a few seconds.' };
		case 'needs-you':
			return {
				title: 'So far so good',
				text: 'Try your camera, microphone and speaker as well, to be sure.',
			};
		case 'ready':
			return { title: 'You can call from here', text: 'Everything a call needs works.' };
		case 'limited':
			return { title: 'You can call, within limits', text: where };
		case 'blocked':
			return {
				title: "A call won't work from here yet",
				text: where,
			};
	}
}

export function stepWords(
	step: CheckStep,
	snapshot: CheckSnapshot,
	surroundings: Surroundings,
	/** Of this page. */
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
			return plain('Not tried yet. The browser will ask whether Parley may use it.');
		case 'starting':
			return plain('Starting. If the browser asks, choose Allow.');
		case 'on':
			return plain('Works. You should see yourself.');
		case 'failed':
			return deviceFailure('camera', media, surroundings);
	}
}

function microphoneWords({ findings, media }: CheckSnapshot, surroundings: Surroundings): StepWords {
	switch (findings.microphone) {
		case 'not-asked':
			return plain('Not tried yet. The browser will ask whether Parley may use it.');
		case 'starting':
			return plain('Starting. If the browser asks, choose Allow.');
		case 'listening':
			return plain('Say something: the bars should move.');
		case 'heard':
			return plain('Works. It hears you.');
		case 'quiet':
			return {
				text: 'Nothing heard so far.',
				help: 'Speak up, look for a mute switch on the device, or choose another microphone.',
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
	return { text: `${problem?.title ?? 'It does not work'}.`, help: problem?.help ?? '' };
}

const quiet: CheckSnapshot['media']['camera'] = { wanted: false, state: 'off', failure: null };

function speakerWords({ findings }: CheckSnapshot): StepWords {
	switch (findings.speaker) {
		case 'not-asked':
			return plain('Play two notes, and listen.');
		case 'playing':
			return plain('Playing…');
		case 'asking':
			return plain('Did you hear two notes?');
		case 'heard':
			return plain('Works. You heard it.');
		case 'not-heard':
			return {
				text: 'You did not hear it.',
				help: 'Turn the volume up, look for a mute switch, or choose another speaker. Then play it again.',
			};
		case 'unplayable':
			return {
				text: 'The sound could not be played.',
				help: 'See that a speaker or headphones are connected and chosen, then play it again.',
			};
	}
}

function serverWords({ findings, roundTripMs }: CheckSnapshot, origin: string): StepWords {
	const there = `in ${roundTripMs ?? 0} ms`;
	switch (findings.server) {
		case 'trying':
			return plain('Asking…');
		case 'websocket':
			return plain(`Answers ${there}.`);
		case 'http':
			return {
				text: `Answers over HTTP, ${there}.`,
				help: 'Something on the way refuses WebSockets, often an office proxy. Calls work, and begin a little slower.',
			};
		case 'slow':
			return {
				text: `Answers slowly, ${there}.`,
				help: 'Calls will take a while to begin. Go nearer to the Wi-Fi, or try another network.',
			};
		case 'offline':
			return { text: 'You are offline.', help: 'Connect to a network, then check again.' };
		case 'unreachable':
			return {
				text: 'Does not answer.',
				help: 'See whether other sites open. If they do, the server is down or blocked here: tell whoever runs it.',
			};
		case 'origin-refused':
		case 'blocked':
		case 'intercepted':
		case 'buffered': {
			const { title, text } = obstacleWords(findings.server, origin);
			return { text: `${title}.`, help: text };
		}
	}
}

function directWords({ findings, states }: CheckSnapshot): StepWords {
	switch (findings.direct) {
		case 'trying':
			return plain('Trying…');
		case 'works':
			return plain('Works. People on other networks can reach you in most cases.');
		case 'unknown':
			return {
				text: 'Works on your own network.',
				help:
					states.relay === 'good'
						? 'Beyond it, calls can go through the relay.'
						: 'Beyond it nobody can tell from here. Whoever runs the server can name a STUN or TURN server.',
			};
		case 'local-only':
			return {
				text: 'Works on your own network only.',
				help:
					states.relay === 'good'
						? 'A firewall keeps the outside away. Calls beyond it go through the relay.'
						: 'A firewall keeps the outside away. Try another network, such as a phone, or ask whoever runs the server for a TURN relay.',
			};
		case 'none':
			return {
				text: 'Does not work.',
				help:
					states.relay === 'good'
						? 'Calls go through the relay instead.'
						: 'A VPN, a firewall or a privacy extension is in the way. Switch it off for this site, or try another network.',
			};
		case 'unsupported':
			return {
				text: 'This browser makes none.',
				help: 'WebRTC is switched off, or an extension blocks it. Allow it, or open this page in another browser.',
			};
	}
}

function relayWords({ findings, states, relayProtocol }: CheckSnapshot): StepWords {
	const spare = states.direct === 'good' ? 'Calls work without it on most networks.' : '';
	switch (findings.relay) {
		case 'trying':
			return plain('Trying…');
		case 'works':
			return plain(relayProtocol ? `Works, over ${relayProtocol.toUpperCase()}.` : 'Works.');
		case 'not-configured':
			return plain('This server has none. Only networks that let nothing else through need one.');
		case 'not-tried':
			return plain('Not tried: the server says which one to use.');
		case 'refused':
			return {
				text: 'The relay refused us.',
				help: `Tell whoever runs the server that its relay does not accept its credentials. ${spare}`.trim(),
			};
		case 'unreachable':
			return {
				text: 'Does not answer.',
				help: `A firewall may block it, or it is down: tell whoever runs the server. ${spare}`.trim(),
			};
	}
}

function listed(names: string[]): string {
	const last = names.at(-1) ?? '';
	return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function plain(text: string): StepWords {
	return { text, help: '' };
}
