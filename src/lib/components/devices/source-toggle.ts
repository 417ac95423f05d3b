/** The state of a toggle for microphone, camera or screen: what the device gives, not what was asked for. */
import type { LocalSource } from '../../call/media/media-state';

export interface SourceToggle {
	/** The device gives something. */
	pressed: boolean;
	/** Asked for and starting; a click cancels it. */
	starting: boolean;
	/** Asked for, but not available for now. */
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
