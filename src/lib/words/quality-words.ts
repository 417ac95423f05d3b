/** What the panel about connections says of each. Apart from `words.ts`: it is read after a click. */
import type { ConnectionQuality } from '../call/quality/quality';
import { isolate } from './isolate';

/** What is wrong between us and somebody, for the panel. */
export function qualityWords({ cause }: ConnectionQuality, label: string): string {
	const name = isolate(label);
	switch (cause) {
		case null:
			return 'Good in both directions.';
		case 'no-connection':
			return 'The connection is lost.';
		case 'nothing-received':
			return `Nothing arrives from ${name} at the moment.`;
		case 'nothing-arrives':
			return `What you send does not reach ${name} at the moment.`;
		case 'loss-receiving':
			return `Part of what ${name} sends gets lost on the way to you.`;
		case 'loss-sending':
			return `Part of what you send gets lost on the way to ${name}.`;
		case 'low-bandwidth':
			return `The way to ${name} is too narrow for a good picture.`;
		case 'slow-round-trip':
			return `What you say to each other arrives late. Leave ${name} a moment to answer.`;
		case 'jitter':
			return `The sound from ${name} arrives unevenly and may break up.`;
		case 'cpu-limited':
			return 'Your device is too busy to send a smooth picture.';
		case 'frozen-video':
			return `The picture from ${name} stands still again and again.`;
	}
}
