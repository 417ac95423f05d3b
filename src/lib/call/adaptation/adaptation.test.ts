import { beforeEach, describe, expect, it } from 'vitest';
import type { ParticipantId, Publications, ReceiverConstraints } from '../../protocol';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { FakeNetwork } from '../../../../tests/support/fake-platform';
import { createAdaptation, type Adaptation } from './adaptation';
import { dataSaverBudgetBps, poorLineMs, type DataSaverReason } from './data-saver';
import { goodQuality, type ConnectionQuality } from '../quality/quality';
import type { CallNumbers } from '../quality/quality-watch';
import { encoderLoadMs } from './encoder-load';
import type { Transport } from '../transport/transport';

let clock: FakeClock;
let network: FakeNetwork;
let others: { id: ParticipantId; publications: Publications; quality: ConnectionQuality }[];
let own: ConnectionQuality;
let constraints: ReadonlyMap<ParticipantId, ReceiverConstraints>;
let sending: { saves: boolean; encoderLoad: number };
let changes: [DataSaverReason | null, boolean][];

const poor: ConnectionQuality = { receiving: 'poor', sending: 'good', cause: 'loss-receiving' };
const someone = (id: string, screen = false) => ({
	id,
	publications: { microphone: true, camera: true, screen },
	quality: goodQuality,
});
const tile = { camera: { width: 320, height: 180 }, screen: { width: 640, height: 400 } };
/** As a sample every two seconds brings them. */
const numbers = (limitation: 'none' | 'cpu' = 'none') =>
	new Map([['ann', { sending: { camera: { limitation } } }]]) as unknown as CallNumbers;

function start(): Adaptation {
	const transport = {
		setConstraints: (next: typeof constraints) => (constraints = next),
		setSending: (next: typeof sending) => (sending = next),
	} as unknown as Transport;
	return createAdaptation({
		clock,
		network,
		transport: () => transport,
		others: () => others,
		ownQuality: () => own,
		saverChanged: (reason, byItself) => changes.push([reason, byItself]),
	});
}

async function sampleFor(adaptation: Adaptation, durationMs: number, limitation?: 'cpu'): Promise<void> {
	for (let pastMs = 0; pastMs <= durationMs; pastMs += 2_000) {
		adaptation.handleNumbers(numbers(limitation));
		await clock.advance(2_000);
	}
}

beforeEach(() => {
	clock = new FakeClock();
	network = new FakeNetwork();
	others = [someone('ann'), someone('bob')];
	own = goodQuality;
	constraints = new Map();
	sending = { saves: false, encoderLoad: 0 };
	changes = [];
});

describe('what is asked of the others', () => {
	it('is nothing in particular until the page has said what it shows, and then just that', () => {
		const adaptation = start();
		adaptation.apply();
		expect(constraints.size).toBe(0);
		expect(adaptation.asksForCamera('bob')).toBe(true);
		adaptation.setShown(new Map([['ann', tile]]));
		expect(constraints.get('ann')?.camera).not.toBeNull();
		expect(constraints.get('bob')).toEqual({ camera: null, screen: null, voiceBitrateMaxBps: null });
		expect(adaptation.asksForCamera('bob')).toBe(false);
	});

	it('is shared out anew when somebody comes, or shows a screen, while data is saved', () => {
		const adaptation = start();
		adaptation.setDataSaver('on');
		adaptation.setShown(new Map(['ann', 'bob', 'cat'].map((id) => [id, tile])));
		const ofTwo = constraints.get('ann')?.camera?.bitrateMaxBps ?? 0;
		others = [...others, someone('cat')];
		adaptation.apply();
		expect(constraints.get('ann')?.camera?.bitrateMaxBps).toBeLessThan(ofTwo);
		others = [someone('ann', true), someone('bob'), someone('cat')];
		adaptation.apply();
		expect(constraints.get('bob')?.camera).toBeNull();
		expect(constraints.get('ann')?.screen?.bitrateMaxBps).toBeLessThan(dataSaverBudgetBps);
		expect(adaptation.asksForCamera('bob')).toBe(false);
	});
});

describe('data saver', () => {
	it('is on where the system asks for it, unless the person says otherwise', () => {
		network.saveData = true;
		const adaptation = start();
		expect(adaptation.saverReason).toBe('system');
		adaptation.setDataSaver('off');
		expect(sending.saves).toBe(false);
		expect(changes).toEqual([[null, false]]);
		adaptation.setDataSaver('auto');
		expect(sending.saves).toBe(true);
		network.saveData = false;
		network.change('estimate');
		expect(changes.at(-1)).toEqual([null, true]);
	});

	it('comes on by itself on a line that stays poor, and stays until the network is another', async () => {
		const adaptation = start();
		own = poor;
		await sampleFor(adaptation, poorLineMs);
		expect(changes).toEqual([['poor-line', true]]);
		own = goodQuality;
		await sampleFor(adaptation, 5 * poorLineMs);
		expect(adaptation.saverReason).toBe('poor-line');
		network.change('network');
		expect(adaptation.saverReason).toBeNull();
	});

	it('goes by the only connection there is in a call of two', async () => {
		others = [{ ...someone('ann'), quality: poor }];
		const adaptation = start();
		await sampleFor(adaptation, poorLineMs);
		expect(adaptation.saverReason).toBe('poor-line');
	});

	it('does not come on because a device is busy', async () => {
		own = { receiving: 'good', sending: 'poor', cause: 'cpu-limited' };
		const adaptation = start();
		await sampleFor(adaptation, 3 * poorLineMs);
		expect(adaptation.saverReason).toBeNull();
	});
});

it('sends less while the device is behind with encoding, and lets go of the network at the end', async () => {
	const adaptation = start();
	await sampleFor(adaptation, encoderLoadMs.up + 2_000, 'cpu');
	expect(sending.encoderLoad).toBe(1);
	await sampleFor(adaptation, encoderLoadMs.down + 2_000);
	expect(sending.encoderLoad).toBe(0);
	adaptation.close();
	expect(network.listeners).toBe(0);
	expect(clock.pending).toBe(0);
});
