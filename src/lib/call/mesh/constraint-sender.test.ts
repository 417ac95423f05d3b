import { beforeEach, expect, it } from 'vitest';
import type { ReceiverConstraints } from '../../protocol';
import { parseReceiverConstraints } from '../../protocol';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { createConstraintSender, settleMs, type ConstraintSender } from './constraint-sender';

let clock: FakeClock;
let open: boolean;
let takes: boolean;
let sent: ReceiverConstraints[];
let sender: ConstraintSender;

beforeEach(() => {
	clock = new FakeClock();
	open = takes = true;
	sent = [];
	sender = createConstraintSender(clock, {
		isOpen: () => open,
		send(text) {
			if (!takes) return false;
			const message = parseReceiverConstraints(text);
			if (!message) throw new Error(text);
			const { camera, screen, voiceBitrateMaxBps } = message;
			sent.push({ camera, screen, voiceBitrateMaxBps });
			return true;
		},
	});
});

const showing = (width: number | null): ReceiverConstraints => ({
	camera: width === null ? null : { width, height: 100, bitrateMaxBps: null },
	screen: null,
	voiceBitrateMaxBps: null,
});

it('[A2] tells at once what is to be seen anew, and other sizes when they have settled', async () => {
	sender.want(showing(200));
	expect(sent).toEqual([showing(200)]);
	sender.want(showing(300));
	sender.want(showing(400));
	expect(sent).toHaveLength(1);
	await clock.advance(settleMs);
	expect(sent.slice(1)).toEqual([showing(400)]);
	sender.want(showing(null));
	await clock.advance(settleMs);
	sender.want(showing(400));
	expect(sent.slice(2)).toEqual([showing(null), showing(400)]);
});

it('says nothing twice, and nothing of what was undone in time', async () => {
	sender.want(showing(200));
	sender.want(showing(null));
	sender.want(showing(200));
	await clock.advance(10_000);
	expect(sent).toEqual([showing(200)]);
	expect(clock.pending).toBe(0);
});

it('waits for the channel, and tells a new one everything', async () => {
	open = false;
	sender.want(showing(200));
	await clock.advance(10_000);
	expect(sent).toEqual([]);
	expect(clock.pending).toBe(0);
	open = true;
	sender.handleOpen();
	sender.handleOpen();
	expect(sent).toEqual([showing(200), showing(200)]);
});

it('tries again where the channel is full', async () => {
	takes = false;
	sender.want(showing(200));
	await clock.advance(1_500);
	takes = true;
	await clock.advance(1_000);
	expect(sent).toEqual([showing(200)]);
	sender.want(showing(300));
	sender.close();
	expect(clock.pending).toBe(0);
});
