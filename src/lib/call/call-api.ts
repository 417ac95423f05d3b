/**
 * The call, as the stores see it: commands down, snapshots up. `call.ts` implements it.
 */
import type { ParticipantId } from '../protocol';
import type { DataSaverPreference } from '../preferences/preferences';
import type { RememberedDevice } from './media/device-choice';
import type { Unsubscribe } from '../platform/platform';
import type { CallNumbers } from './quality/quality-watch';
import type { ShownAll } from './adaptation/shown';
import type { SendMessageResult } from './chat/chat-state';
import type { CallNotice, CallSnapshot } from './snapshot';
import type { DeviceKind } from './media/media-state';

export interface Call {
	readonly snapshot: CallSnapshot;
	onSnapshot(listener: (snapshot: CallSnapshot) => void): Unsubscribe;
	onNotice(listener: (notice: CallNotice) => void): Unsubscribe;

	/** Joins under this name, already normalised. While the room is full this fails with `room-full`. */
	join(name: string): void;
	/** After `room-full`: stays in the lobby and joins by itself when a seat is free. */
	waitForSeat(name: string): void;
	/** Back to the lobby from waiting for a seat, or from a join that the server has not answered. */
	stopWaiting(): void;
	/** Hangs up: tells the others at once, closes every peer, releases every device. */
	leave(): void;
	/** After the end: back to the lobby of the same room, with the preview on. */
	reopen(): void;
	/** Page gone: as `leave`, when a call is on, and everything else let go. */
	dispose(): void;

	setMicrophone(on: boolean): void;
	setCamera(on: boolean): void;
	/** Must be called from a click: the browser asks what to share. */
	setScreen(on: boolean): void;
	setHand(raised: boolean): void;
	setName(name: string): void;
	/** `null` is the system's default. A speaker is applied by the audio elements, which read `media.chosen`. */
	chooseDevice(kind: DeviceKind, id: string | null): void;
	/** What was chosen in another tab is used here as well. What is remembered already changes nothing. */
	followDevices(remembered: Record<DeviceKind, RememberedDevice | null>): void;
	/** To the camera on the phone's other side, for this call only. Does nothing where there is one camera. */
	flipCamera(): void;
	/** How loud the own microphone is right now, 0 to 1, and 0 while it is off. For a meter, which asks as often as it draws. */
	microphoneLevel(): number;
	/** Asks again for what failed, after the person has changed something. */
	retryMedia(source: 'microphone' | 'camera'): void;
	retryPeer(id: ParticipantId): void;
	/** Replaces the room's secret, and moves there with everybody but these. Does nothing where this page load may not. */
	replaceSecret(without: readonly ParticipantId[]): Promise<void>;
	/** What the page shows of each, in device pixels: they send no more than that. To be called whenever it changes. */
	setShown(shown: ShownAll): void;
	setDataSaver(preference: DataSaverPreference): void;
	/** Whether the others are to learn no address of ours but a relay's; holds for calls from here on as well as for this one. */
	setAddressHidden(hidden: boolean): void;
	/** The numbers behind `quality`: called at once and about every 2 s until unsubscribed. For a panel that is open. */
	watchNumbers(listener: (numbers: CallNumbers) => void): Unsubscribe;

	/**
	 * Four words that are the same at their end only while nobody is in between. `null` while there is no connection to speak of. They
	 * change when it is made anew.
	 */
	safetyWords(id: ParticipantId): Promise<string[] | null>;

	sendMessage(text: string): SendMessageResult;
}
