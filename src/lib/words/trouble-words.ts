/** What is wrong with somebody's path or devices, for their tile. Loaded when something is. */
import type { PathFailure } from '../call/transport/transport';
import type { Interruption } from '../protocol';

/** What somebody's tile, which names them, says while they should be seen or heard and nothing comes from their devices. */
export function interruptionWords(interruption: Interruption | null): string | null {
	if (!interruption) return null;
	const { microphone, camera, background } = interruption;
	if (background) return 'In another app';
	if (microphone && camera) return 'Microphone and camera interrupted';
	return microphone ? 'Microphone interrupted' : 'Camera interrupted';
}

/** What it takes, for the person who hosts, where nobody in the call can mend it. */
export function pathFailureWords(failure: PathFailure): string {
	switch (failure) {
		case 'no-relay':
			return 'No way through between your networks. Whoever runs this Parley can add a TURN relay.';
		case 'relay-unreachable':
			return 'No way through between your networks, and the TURN relay of this Parley does not answer. Whoever runs it should look.';
		case 'address-hidden':
			return 'You hide your address, and this Parley has no relay to stand in for it. Turn that off in the settings to call from here.';
		case 'unproven':
			return 'Not connected: they came by another link, or somebody changed it on the way. Ask them to open the link you have.';
	}
}
