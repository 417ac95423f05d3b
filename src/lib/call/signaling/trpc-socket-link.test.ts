import { createTRPCClient, TRPCClientError } from '@trpc/client';
import { describe, expect, it, vi } from 'vitest';
import type { AppRouter } from '../../../server/router';
import { createSocketLink } from './trpc-socket-link';

interface Sent {
	id: number;
	method: string;
	params?: { path: string; input: unknown };
}

function connect() {
	const sent: Sent[] = [];
	const socket = createSocketLink({ send: (text) => sent.push(JSON.parse(text as string) as Sent) });
	const { room } = createTRPCClient<AppRouter>({ links: [socket.link] });
	const answer = (to: Sent | undefined, rest: object) =>
		socket.handleFrame(JSON.stringify({ id: to?.id, ...rest }));
	const refuse = (to: Sent | undefined, code: string) =>
		answer(to, { error: { code: -32_000, message: code, data: { parley: { code } } } });

	function peek() {
		const heard = { data: vi.fn(), started: vi.fn(), error: vi.fn(), complete: vi.fn() };
		const { unsubscribe } = room.peek.subscribe(
			{ room: 'team-sync' },
			{
				onData: heard.data,
				onStarted: heard.started,
				onError: heard.error,
				onComplete: heard.complete,
			},
		);
		return { ...heard, unsubscribe };
	}

	return { sent, room, answer, refuse, peek, ...socket };
}

/** What a call came to: its value, or the error it failed with. */
const outcome = (call: Promise<unknown>) => call.catch((error: unknown) => error);

describe('calls over an open socket', () => {
	it('are sent at once, each in a frame of its own', () => {
		const { sent, room, peek } = connect();
		void room.update.mutate({ hand: true });
		void room.update.mutate({ hand: false });
		peek();
		expect(sent).toEqual([
			{ id: 1, method: 'mutation', params: { path: 'room.update', input: { hand: true } } },
			{ id: 2, method: 'mutation', params: { path: 'room.update', input: { hand: false } } },
			{ id: 3, method: 'subscription', params: { path: 'room.peek', input: { room: 'team-sync' } } },
		]);
	});

	it('get their own answers, in whatever order these come', async () => {
		const { sent, room, answer, refuse } = connect();
		const calls = [room.leave.mutate(), room.update.mutate({ hand: true })].map(outcome);
		refuse(sent[1], 'rate-limited');
		answer(sent[0], { result: { type: 'data' } });
		const [left, updated] = await Promise.all(calls);
		expect(left).toBeUndefined();
		expect(updated).toBeInstanceOf(TRPCClientError);
		expect(updated).toMatchObject({ data: { parley: { code: 'rate-limited' } } });
	});

	it('hear of a subscription until it ends, and of its end once', () => {
		const { sent, answer, peek } = connect();
		const heard = peek();
		answer(sent[0], { result: { type: 'started' } });
		answer(sent[0], { result: { type: 'data', data: { count: 1 } } });
		answer(sent[0], { result: { type: 'data', data: { count: 2 } } });
		answer(sent[0], { result: { type: 'stopped' } });
		answer(sent[0], { result: { type: 'data', data: { count: 3 } } });
		expect(heard.started).toHaveBeenCalledOnce();
		expect(heard.data.mock.calls).toEqual([[{ count: 1 }], [{ count: 2 }]]);
		expect(heard.complete).toHaveBeenCalledOnce();
		heard.unsubscribe();
		expect(sent).toHaveLength(1);
	});

	it('ends a subscription that was refused without asking the server to stop it', () => {
		const { sent, refuse, peek } = connect();
		const heard = peek();
		refuse(sent[0], 'bad-room-name');
		heard.unsubscribe();
		expect(heard.error).toHaveBeenCalledOnce();
		expect(sent).toHaveLength(1);
	});

	it('asks the server to stop what nobody listens to any more', () => {
		const { sent, answer, peek } = connect();
		const heard = peek();
		heard.unsubscribe();
		answer(sent[0], { result: { type: 'data', data: { count: 1 } } });
		expect(sent[1]).toEqual({ id: 1, method: 'subscription.stop' });
		expect(heard.data).not.toHaveBeenCalled();
	});

	it('fails a call that is called off, and no other', async () => {
		const { sent, room, answer } = connect();
		const off = new AbortController();
		const calledOff = outcome(room.leave.mutate(undefined, { signal: off.signal }));
		const other = outcome(room.update.mutate({ hand: true }));
		off.abort(new Error('enough'));
		answer(sent[0], { result: { type: 'data' } });
		answer(sent[1], { result: { type: 'data' } });
		expect(await calledOff).toMatchObject({ message: 'enough' });
		expect(await other).toBeUndefined();
		expect(await outcome(room.leave.mutate(undefined, { signal: off.signal }))).toBeInstanceOf(
			TRPCClientError,
		);
		expect(sent).toHaveLength(2);
	});

	it('fail without a code when the socket is lost, and so do later ones', async () => {
		const { sent, room, peek, close } = connect();
		const heard = peek();
		const waiting = outcome(room.leave.mutate());
		close();
		const later = outcome(room.leave.mutate());
		for (const error of await Promise.all([waiting, later])) {
			expect(error).toBeInstanceOf(TRPCClientError);
			expect(error).toMatchObject({ data: undefined });
		}
		expect(heard.error).toHaveBeenCalledOnce();
		heard.unsubscribe();
		expect(sent).toHaveLength(2);
	});

	it('pass over what belongs to none of them', () => {
		const { handleFrame, peek } = connect();
		const heard = peek();
		handleFrame('PONG');
		handleFrame(JSON.stringify({ id: null, method: 'reconnect' }));
		handleFrame(
			JSON.stringify({ id: null, error: { code: -32_700, message: 'too many calls in one batch' } }),
		);
		for (const listener of [heard.data, heard.error, heard.complete]) expect(listener).not.toHaveBeenCalled();
	});
});
