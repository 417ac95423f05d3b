/** What the connection panel says about each connection. Kept apart from `words.ts`, because it is needed only after a click. */
import type { ConnectionQuality } from '../call/quality/quality';
import { isolate } from './isolate';
import { say } from './say';

/** What is wrong between this person and another, for the panel. */
export function qualityWords({ cause }: ConnectionQuality, label: string): string {
	const name = isolate(label);
	switch (cause) {
		case null:
			return say('qualityGood');
		case 'no-connection':
			return say('qualityNoConnection');
		case 'nothing-received':
			return say('qualityNothingReceived', { name });
		case 'nothing-arrives':
			return say('qualityNothingArrives', { name });
		case 'loss-receiving':
			return say('qualityLossReceiving', { name });
		case 'loss-sending':
			return say('qualityLossSending', { name });
		case 'low-bandwidth':
			return say('qualityLowBandwidth', { name });
		case 'slow-round-trip':
			return say('qualitySlow', { name });
		case 'jitter':
			return say('qualityJitter', { name });
		case 'cpu-limited':
			return say('qualityCpu');
		case 'frozen-video':
			return say('qualityFrozen', { name });
	}
}
