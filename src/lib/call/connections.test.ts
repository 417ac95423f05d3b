import { afterEach, describe, expect, it } from 'vitest';
import { closePages, inCall, room } from '../../../tests/support/call-page';
import { pageLoad } from '../../../tests/support/page-load';

afterEach(closePages);

const connection = ({ call }: Awaited<ReturnType<typeof inCall>>) =>
	call.snapshot.participants.map((participant) => participant.connection);

describe('the connections of a call', () => {
	it('start over with the one who is named', async () => {
		const page = await inCall();
		expect(connection(page)).toEqual(['connected']);
		page.call.connections.retry('bob-here');
		expect(connection(page)).toEqual(['reconnecting']);
	});

	it('[W1] give the words for both page loads, each with its own description', async () => {
		const page = await inCall();
		const words = await page.call.connections.safetyWords('bob-here');
		expect(words?.map((asked): unknown => JSON.parse(asked))).toEqual([
			[
				room,
				[
					{ incarnation: page.incarnation, description: 'ours for bob-here' },
					{ incarnation: pageLoad('bob-here'), description: 'of bob-here' },
				],
			],
		]);
	});

	it('give no words for somebody who is not here, or whose media does not come through', async () => {
		const page = await inCall();
		expect(await page.call.connections.safetyWords('carol-here')).toBeNull();
		page.transport().setConnection('bob-here', 'reconnecting');
		expect(await page.call.connections.safetyWords('bob-here')).toBeNull();
	});
});
