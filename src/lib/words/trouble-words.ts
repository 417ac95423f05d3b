/** What is wrong with somebody's connection or devices, for their tile. Loaded when something is. */
import type { PathFailure } from '../call/transport/transport';
import type { Interruption } from '../protocol';
import { say } from './say';

/** What a person's tile, which names them, says while they should be seen or heard but their devices give nothing. */
export function interruptionWords(interruption: Interruption | null): string | null {
	if (!interruption) return null;
	const { microphone, camera, background } = interruption;
	if (background) return say('inAnotherApp');
	return say('interrupted', { device: microphone && camera ? 'both' : microphone ? 'microphone' : 'camera' });
}

/** Says what the host of the server can do where nobody in the call can fix it. */
export function pathFailureWords(failure: PathFailure): string {
	switch (failure) {
		case 'no-relay':
			return say('pathNoRelay');
		case 'relay-unreachable':
			return say('pathRelayUnreachable');
		case 'address-hidden':
			return say('pathAddressHidden');
		case 'unproven':
			return say('pathUnproven');
	}
}
