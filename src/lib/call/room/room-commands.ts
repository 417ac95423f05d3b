/** What a person can do in a room, or on the way in or out. Each command is passed on to the part that does it. */
import type { ParticipantId } from '../../protocol';
import type { MembershipCommands } from './membership';
import type { OwnState } from './own-state';
import type { Roster } from './roster';
import type { SaidNames } from './said-names';
import type { SecretReplacements } from './secret-replacement';
import { endOf } from './visit';

export interface RoomCommands extends MembershipCommands {
	/** Already normalised. The others see it at once, and each later join sends it. */
	setName(name: string): void;
	setHand(raised: boolean): void;
	/** Replaces the room's secret, and moves to the new room with everybody but these. Does nothing if this page load may not. */
	replaceSecret(without: readonly ParticipantId[]): Promise<void>;
}

export interface RoomCommandsPort {
	membership: MembershipCommands;
	own: Pick<OwnState, 'name' | 'setName' | 'setHand'>;
	roster(): Roster;
	messaging: {
		readonly features: NameAndSecret | null;
		loadFeatures(): Promise<NameAndSecret | null>;
	};
	/** Our name has changed. */
	renamed(name: string): void;
	/** What is shown has changed. */
	changed(): void;
}

interface NameAndSecret {
	names: Pick<SaidNames, 'tell'>;
	secrets: Pick<SecretReplacements, 'replace'>;
}

export function createRoomCommands(port: RoomCommandsPort): RoomCommands {
	const { membership, own, roster, messaging, renamed, changed } = port;
	return {
		join: membership.join,
		waitForSeat: membership.waitForSeat,
		stopWaiting: membership.stopWaiting,
		leave: membership.leave,
		reopen: membership.reopen,
		setName(name) {
			if (name === own.name) return;
			own.setName(name);
			// While messaging is not loaded, nothing needs to be said: it begins with the name at that time.
			messaging.features?.names.tell();
			changed();
			renamed(name);
		},
		setHand(raised) {
			own.setHand(raised);
			changed();
		},
		async replaceSecret(without) {
			const features = await messaging.loadFeatures();
			const others = roster().others.map(({ participant }) => endOf(participant));
			await features?.secrets.replace(others.filter(({ id }) => !without.includes(id)));
		},
	};
}
