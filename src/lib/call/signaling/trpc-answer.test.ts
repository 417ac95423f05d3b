import { describe, expect, it } from 'vitest';
import { answerOfServer, checkReady, obstacleOf } from './trpc-answer';

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html' };
const refusal = (status: number, code: string) =>
	new Response(JSON.stringify({ error: { code: -32_600, data: { parley: { code } } } }), {
		status,
		headers: json,
	});
const page = (status: number) => new Response('<h1>Sorry</h1>', { status, headers: html });

const outcome = (answer: Promise<unknown>) =>
	answer.then(
		() => 'the server',
		(error: unknown) => obstacleOf(error),
	);

describe('an answer to a call', () => {
	it.each<[what: string, response: Response, by: string | null]>([
		['a result', new Response('{"result":{}}', { headers: json }), 'the server'],
		['a stream', new Response('', { headers: { 'content-type': 'text/event-stream' } }), 'the server'],
		['a refusal to one without a seat', refusal(412, 'not-joined'), 'the server'],
		['a refusal of what is too large', refusal(413, 'too-large'), 'the server'],
		['a refusal of the page', refusal(403, 'origin-refused'), 'origin-refused'],
		['a proxy that forbids', page(403), 'blocked'],
		['a proxy that knows no POST', page(405), 'blocked'],
		['a proxy that wants a password', page(401), 'blocked'],
		['a proxy that takes no large bodies', page(413), 'blocked'],
		['a proxy that has no such path', page(404), 'blocked'],
		['a gateway with JSON of its own', new Response('{"message":"Forbidden"}', { status: 403 }), 'blocked'],
		['a code that is none', refusal(403, 'made-up'), 'blocked'],
		['a page to sign in', page(200), 'intercepted'],
		['a network that wants one to sign in', page(511), 'intercepted'],
		['a way elsewhere', new Response(null, { status: 302 }), 'intercepted'],
		['a gateway without a server', page(502), null],
		['a gateway that waited in vain', page(504), null],
		['a proxy that was asked too much', page(429), null],
	])('%s', async (_, response, by) => {
		expect(await outcome(answerOfServer(response))).toBe(by);
	});

	it('can still be read', async () => {
		expect(await (await answerOfServer(refusal(412, 'not-joined'))).json()).toHaveProperty('error');
	});
});

it('the server is ready when it says so itself, and neither when a page does nor while it stops', async () => {
	expect(await outcome(checkReady(new Response('ready\n')))).toBe('the server');
	expect(await outcome(checkReady(new Response('stopping\n', { status: 503 })))).toBeNull();
	expect(await outcome(checkReady(page(200)))).toBe('intercepted');
	expect(await outcome(checkReady(page(403)))).toBe('blocked');
});

it('what failed without an answer says nothing, and what wraps an answer says what that did', async () => {
	expect(obstacleOf(new TypeError('Failed to fetch'))).toBeNull();
	const cause = await answerOfServer(page(403)).catch((error: unknown) => error);
	expect(obstacleOf(new Error('as tRPC has it', { cause }))).toBe('blocked');
});
