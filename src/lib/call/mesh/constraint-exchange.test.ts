import { beforeEach, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/fake-clock';
import { parseReceiverConstraints, type ReceiverConstraints } from '../../protocol';
import { createConstraintExchange, type ConstraintExchange } from './constraint-exchange';

let clock: FakeClock;
let open: boolean;
let told: (number | undefined)[];
let changes: (number | undefined)[];
let exchange: ConstraintExchange;

const widthOf = (constraints: ReceiverConstraints | null) => constraints?.camera?.width;
const showing = (width: number): ReceiverConstraints => ({
	camera: { width, height: 100, bitrateMaxBps: null },
	screen: null,
	voiceBitrateMaxBps: null,
});
const textOf = (width: number) => JSON.stringify({ type: 'receiver-constraints', ...showing(width) });

beforeEach(() => {
	clock = new FakeClock();
	[open, told, changes] = [true, [], []];
	exchange = createConstraintExchange(clock, {
		isOpen: () => open,
		send(text) {
			told.push(widthOf(parseReceiverConstraints(text)));
			return true;
		},
		changed: () => changes.push(widthOf(exchange.theirs)),
	});
});

it('[A1] knows what they make of ours from the moment they say it, and nothing before', () => {
	expect(exchange.theirs).toBeNull();
	expect(exchange.handleText(textOf(320))).toBe(true);
	expect(exchange.theirs).toMatchObject(showing(320));
	expect(changes).toEqual([320]);
});

it('leaves every other text to the chat, and heeds no constraints that mean nothing', () => {
	exchange.handleText(textOf(320));
	expect(exchange.handleText('{"type":"chat-have","streams":[]}')).toBe(false);
	expect(exchange.handleText(textOf(-1))).toBe(true);
	expect(exchange.theirs).toMatchObject(showing(320));
	expect(changes).toEqual([320]);
});

it('sets encoders anew no more often than they bear it, and heeds the newest that was said', async () => {
	for (let width = 1; width <= 1_000; width++) exchange.handleText(textOf(width));
	expect(changes).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
	await clock.advance(100);
	expect(changes.slice(20)).toEqual([1_000]);
	for (let ms = 0; ms < 10_000; ms += 10) {
		exchange.handleText(textOf(2_000 + ms));
		await clock.advance(10);
	}
	expect(changes.length).toBeLessThanOrEqual(20 + 1 + 100);
	await clock.advance(100);
	expect(widthOf(exchange.theirs)).toBe(11_990);
});

it('[A2] tells a channel that opens all of it again, and once', () => {
	exchange.want(showing(200));
	expect(told, 'what is to be seen is said at once').toEqual([200]);
	exchange.handleChannel(true);
	exchange.handleChannel(true);
	expect(told).toEqual([200, 200]);
	open = false;
	exchange.handleChannel(false);
	exchange.want(showing(300));
	open = true;
	exchange.handleChannel(true);
	expect(told).toEqual([200, 200, 300]);
});

it('keeps what they said last while no channel is open', () => {
	exchange.handleChannel(true);
	exchange.handleText(textOf(320));
	exchange.handleChannel(false);
	expect(exchange.theirs).toMatchObject(showing(320));
});

it('closed, it sends and heeds nothing that was still waiting', async () => {
	exchange.want(showing(200));
	exchange.want(showing(300));
	for (let width = 1; width <= 21; width++) exchange.handleText(textOf(width));
	expect(clock.pending).toBe(2);
	exchange.close();
	expect(clock.pending).toBe(0);
	await clock.advance(10_000);
	expect([told, changes.at(-1)]).toEqual([[200], 20]);
});
