/** Why a microphone or a camera gives nothing, in words for this browser and this system, and what helps. Loaded when one does. */
import { failingSources } from '../call/media/media-failure';
import type { LocalMediaSnapshot, MediaFailureCode } from '../call/media/media-state';
import type { Surroundings } from './browser-name';
import { isolate } from './isolate';

/** Devices that fail for the same reason are told of together. */
type Device = 'microphone' | 'camera' | 'microphone and camera';

export interface MediaProblem {
	title: string;
	help: string;
	/** What `retryMedia` is to be called with. */
	sources: ('microphone' | 'camera')[];
	/** False where asking again can't help. */
	retry: boolean;
	/** Nothing has gone wrong so far: something is waited for. */
	waiting?: boolean;
}

/** What is wrong with the local microphone and camera, in words; empty when nothing is. */
export function mediaProblems(media: LocalMediaSnapshot, surroundings: Surroundings): MediaProblem[] {
	const failing = failingSources(media);
	const [first, second] = failing;
	if (first && second && first.code === second.code) {
		return [
			{
				...mediaFailureWords(first.code, 'microphone and camera', null, surroundings),
				sources: [first.source, second.source],
			},
		];
	}
	return failing.map(({ source, code }) => ({
		...mediaFailureWords(code, source, labelOf(media, source), surroundings),
		sources: [source],
	}));
}

/** What the device that is asked for is called; `null` where nobody has said which one that is. */
function labelOf({ devices, chosen }: LocalMediaSnapshot, source: 'microphone' | 'camera'): string | null {
	const [only, ...more] = devices[source];
	const asked = devices[source].find(({ id }) => id === chosen[source]);
	return asked?.label ?? (only && more.length === 0 && chosen[source] === null ? only.label : null);
}

function mediaFailureWords(
	code: MediaFailureCode,
	device: Device,
	label: string | null,
	surroundings: Surroundings,
): Omit<MediaProblem, 'sources'> {
	const both = device === 'microphone and camera';
	switch (code) {
		case 'denied':
			return {
				title: `Parley may not use your ${device}`,
				help: permissionHelp(device, surroundings),
				retry: true,
			};
		case 'denied-by-system':
			return {
				title: `Your system keeps the ${device} from the browser`,
				help: systemHelp(device, surroundings),
				retry: true,
			};
		case 'dismissed':
			return {
				title: `The browser still has to ask about your ${device}`,
				help: 'Try again and choose Allow when it asks.',
				retry: true,
			};
		case 'not-found':
			return {
				title: both ? 'No microphone and no camera found' : `No ${device} found`,
				help: 'Plug one in and it will be used. Until then you can join, listen and write.',
				retry: true,
			};
		case 'busy':
			return {
				title: `Another app is using your ${device}`,
				help: 'Close the other app or tab that has it, then try again. You can also join without it.',
				retry: true,
			};
		case 'insecure':
			return {
				title: `The ${device} can't be used at this address`,
				help: 'Browsers give devices only to addresses that start with https. You can still listen and write.',
				retry: false,
			};
		case 'unsupported':
			return {
				title: `This browser can't give Parley your ${device}`,
				help: 'Open the link in a current Chrome, Edge, Firefox or Safari.',
				retry: false,
			};
		case 'lost':
			return {
				title: `The ${device} stopped`,
				help: 'It was unplugged, or the system took it away. Plug it in again or choose another.',
				retry: true,
			};
		case 'interrupted':
			return {
				title: `Your ${device} ${both ? 'are' : 'is'} interrupted`,
				help: 'A phone call or another app has it, or it gives nothing. It comes back by itself; the others see that.',
				retry: true,
			};
		case 'asking':
			return {
				title: `Your browser is asking for permission to use your ${device}`,
				help: questionHelp(surroundings),
				retry: false,
				waiting: true,
			};
		case 'no-answer':
			return {
				title: `${label === null ? `Your ${device}` : isolate(label)} ${both ? 'do' : 'does'} not answer`,
				help: `It is used as soon as it does. Unplug it and plug it in again, or choose another ${both ? 'one' : device}.`,
				retry: true,
				waiting: true,
			};
		case 'unknown':
			return {
				title: `The ${device} did not start`,
				help: 'Try again, or choose another device. Restarting the browser helps most of the time.',
				retry: true,
			};
	}
}

function permissionHelp(device: Device, { browser, system }: Surroundings): string {
	if (system === 'ios' && browser === 'safari') {
		return `Tap the page button beside the address, then Website Settings, and allow the ${device}.`;
	}
	if (system === 'ios') {
		return `Open the system's Settings, find this browser, and allow the ${device}.`;
	}
	if (browser === 'safari') {
		return `In the menu bar choose Safari, Settings for This Website, and allow the ${device}.`;
	}
	if (browser === 'firefox') {
		return `Click the crossed-out symbol beside the address and clear the block for the ${device}.`;
	}
	if (browser === 'chromium' && system === 'android') {
		return `Tap the symbol before the address, then Permissions, and allow the ${device}.`;
	}
	if (browser === 'chromium') {
		return `Click the symbol before the address and switch the ${device} on for this site.`;
	}
	return `Allow the ${device} for this site in the browser's settings.`;
}

/** Where the question is to be found: some browsers show it small, and some fold it away. */
function questionHelp({ browser, system }: Surroundings): string {
	if (system === 'ios' || system === 'android' || browser === 'safari') {
		return 'Choose Allow on your screen. If nothing is asked there, reload the page.';
	}
	if (browser === 'firefox') {
		return 'Choose Allow in the box below the address. If there is none, click the symbol beside the address.';
	}
	if (browser === 'chromium') {
		return 'Choose Allow at the top of the window. If nothing is asked there, click the symbol before the address.';
	}
	return 'Choose Allow where your browser asks. If it asks nowhere, reload the page.';
}

function systemHelp(device: Device, { system }: Surroundings): string {
	switch (system) {
		case 'macos':
			return `Open System Settings, Privacy & Security, and allow this browser the ${device}.`;
		case 'windows':
			return `Open Settings, Privacy & security, and let desktop apps use the ${device}.`;
		case 'android':
			return `Open Settings, Apps, this browser, Permissions, and allow the ${device}.`;
		case 'ios':
			return `Open Settings, find this browser, and allow the ${device}.`;
		case 'other':
			return `Allow this browser the ${device} in the system's privacy settings.`;
	}
}
