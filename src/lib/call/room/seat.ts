/**
 * What brings this person back as the same participant: the token that the server gave, and a record of it for a reload of this tab. The
 * record is written again now and then so that it stays recent.
 */
import type { ParticipantId, RoomAddress } from '../../protocol';
import type { Platform } from '../../platform/platform';
import {
	claimResumeRecord,
	clearResumeRecord,
	holdSeat,
	saveResumeRecord,
	type ClaimedSeat,
	type ResumeRecord,
} from './resume-record';

const recordIntervalMs = 60_000;

export interface Seat {
	/** `null` while there is no seat to come back to. */
	readonly token: string | null;
	/** The seat that this tab left in this room, if it may have it again. */
	claim(address: RoomAddress): Promise<ClaimedSeat | null>;
	renew(token: string): void;
	/** From here on, no other tab of this browser can take the seat. */
	hold(participant: ParticipantId): void;
	/** What a reload would come back with has changed. */
	save(): void;
	forget(): void;
	close(): void;
}

/** `describe`: what a reload comes back with; `null` while there is nothing to come back to. */
export function createSeat(
	platform: Pick<Platform, 'tabStorage' | 'clock' | 'holdLock' | 'arrival'>,
	describe: () => Omit<ResumeRecord, 'token'> | null,
): Seat {
	let token: string | null = null;
	const stop = platform.clock.every(recordIntervalMs, save);

	function save(): void {
		if (token === null) return;
		const described = describe();
		if (described) saveResumeRecord(platform, { ...described, token });
	}

	return {
		get token() {
			return token;
		},
		claim: (address) => claimResumeRecord(platform, address),
		renew(next) {
			token = next;
		},
		hold: (participant) => void holdSeat(platform, participant),
		save,
		forget() {
			token = null;
			clearResumeRecord(platform);
		},
		close: stop,
	};
}
