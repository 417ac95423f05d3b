/** Why a microphone or camera gives nothing, in words for this browser and system, and what helps. Loaded when one fails. */
import { failingSources } from '../call/media/media-failure';
import type { LocalMediaSnapshot, MediaFailureCode } from '../call/media/media-state';
import type { Surroundings } from './browser-name';
import { isolate } from './isolate';
import { say } from './say';

/** Devices that fail for the same reason are reported together. */
type Device = 'microphone' | 'camera' | 'both';

export interface MediaProblem {
	title: string;
	help: string;
	/** The sources to try again. */
	sources: ('microphone' | 'camera')[];
	/** False if trying again can't help. */
	retry: boolean;
	/** Nothing has gone wrong so far; the person or the device has yet to answer. */
	waiting?: boolean;
	device: Device;
	/** The problem may last, so ways to do without the device are worth offering. */
	lasts: boolean;
}

/** These end with the answer to a question, or with a phone call. */
const passing: ReadonlySet<MediaFailureCode> = new Set(['asking', 'interrupted']);

/** What is wrong with the local microphone and camera, in words; empty if nothing is. */
export function mediaProblems(media: LocalMediaSnapshot, surroundings: Surroundings): MediaProblem[] {
	const failing = failingSources(media);
	const [first, second] = failing;
	if (first && second && first.code === second.code) {
		return [
			{
				...mediaFailureWords(first.code, 'both', null, surroundings),
				...{ device: 'both', lasts: !passing.has(first.code) },
				sources: [first.source, second.source],
			},
		];
	}
	return failing.map(({ source, code }) => ({
		...mediaFailureWords(code, source, labelOf(media, source), surroundings),
		...{ device: source, lasts: !passing.has(code) },
		sources: [source],
	}));
}

/** The name of the device that is asked for; `null` if we don't know which one that is. */
function labelOf({ devices, chosen }: LocalMediaSnapshot, source: 'microphone' | 'camera'): string | null {
	const [only, ...more] = devices[source];
	const asked = devices[source].find(({ id }) => id === chosen[source]);
	const meant = asked ?? (more.length === 0 && chosen[source] === null ? only : undefined);
	return meant?.label || null;
}

function mediaFailureWords(
	code: MediaFailureCode,
	device: Device,
	label: string | null,
	surroundings: Surroundings,
): Pick<MediaProblem, 'title' | 'help' | 'retry' | 'waiting'> {
	switch (code) {
		case 'denied':
			return {
				title: say('mediaDenied', { device }),
				help: permissionHelp(device, surroundings),
				retry: true,
			};
		case 'denied-by-system':
			return {
				title: say('mediaDeniedBySystem', { device }),
				help: systemHelp(device, surroundings),
				retry: true,
			};
		case 'dismissed':
			return { title: say('mediaDismissed', { device }), help: say('mediaDismissedHelp'), retry: true };
		case 'not-found':
			return { title: say('mediaNotFound', { device }), help: say('mediaNotFoundHelp'), retry: true };
		case 'busy':
			return { title: say('mediaBusy', { device }), help: say('mediaBusyHelp'), retry: true };
		case 'insecure':
			return { title: say('mediaInsecure', { device }), help: say('mediaInsecureHelp'), retry: false };
		case 'unsupported':
			return { title: say('mediaUnsupported', { device }), help: say('mediaUnsupportedHelp'), retry: false };
		case 'lost':
			return { title: say('mediaLost', { device }), help: say('mediaLostHelp'), retry: true };
		case 'interrupted':
			return { title: say('mediaInterrupted', { device }), help: say('mediaInterruptedHelp'), retry: true };
		case 'asking':
			return {
				title: say('mediaAsking', { device }),
				help: questionHelp(surroundings),
				retry: false,
				waiting: true,
			};
		case 'no-answer':
			return {
				title:
					label === null
						? say('mediaNoAnswer', { device })
						: say('mediaNoAnswerNamed', { label: isolate(label) }),
				help: say('mediaNoAnswerHelp', { device }),
				retry: true,
				waiting: true,
			};
		case 'unknown':
			return { title: say('mediaUnknown', { device }), help: say('mediaUnknownHelp'), retry: true };
	}
}

function permissionHelp(device: Device, { browser, system }: Surroundings): string {
	if (system === 'ios') return say(browser === 'safari' ? 'allowIosSafari' : 'allowIos', { device });
	if (browser === 'safari') return say('allowSafari', { device });
	if (browser === 'firefox') return say('allowFirefox', { device });
	if (browser === 'chromium') return say(system === 'android' ? 'allowAndroid' : 'allowChromium', { device });
	return say('allowOther', { device });
}

/** Where to find the browser's question: some browsers show it small, and some fold it away. */
function questionHelp({ browser, system }: Surroundings): string {
	if (system === 'ios' || system === 'android' || browser === 'safari') return say('answerOnScreen');
	if (browser === 'firefox') return say('answerFirefox');
	return say(browser === 'chromium' ? 'answerChromium' : 'answerOther');
}

function systemHelp(device: Device, { system }: Surroundings): string {
	switch (system) {
		case 'macos':
			return say('systemMacos', { device });
		case 'windows':
			return say('systemWindows', { device });
		case 'android':
			return say('systemAndroid', { device });
		case 'ios':
			return say('systemIos', { device });
		case 'other':
			return say('systemOther', { device });
	}
}
