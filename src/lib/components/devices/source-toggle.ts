/** How the toggle of a microphone, a camera or a screen stands: by what there is, and not by what is wished for. */
import type { LocalSource } from '../../call/media/media-state';

export interface SourceToggle {
	/** It gives something. */
	pressed: boolean;
	/** Asked for, and on its way: a click calls it off. */
	starting: boolean;
	/** Asked for, and not to be had for now. */
	failing: boolean;
}

export function sourceToggle({ wanted, state, failure }: LocalSource): SourceToggle {
	const asking = failure?.code === 'asking';
	return {
		pressed: wanted && state === 'on',
		starting: wanted && (state === 'starting' || asking),
		failing: wanted && state === 'failed' && !asking,
	};
}
