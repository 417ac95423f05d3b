/** "Is it me?", in a real call: the panel reads real numbers, and a fault shows on the tile it belongs to. */
import { expect, test } from './support/fixtures';
import { expectAllConnected, expectMoving, meet, type Person } from './support/person';

async function openConnection(person: Person) {
	await person.control('More options').click();
	await person.page.getByRole('menuitem', { name: 'Connection', exact: true }).click();
	const panel = person.page.getByRole('dialog', { name: 'Connection' });
	await expect(panel).toBeVisible();
	return panel;
}

test('the panel says in words and numbers how good the connection to each participant is', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');

	const panel = await openConnection(ada);
	const table = panel.getByRole('table', { name: 'Connection details for Bob' });
	const row = (name: string) =>
		table.getByRole('row').filter({ has: ada.page.getByRole('rowheader', { name, exact: true }) });
	await expect(row('Video')).toContainText(/\d+ × \d+\u2069, \d+\sfps.*\d+ × \d+\u2069, \d+\sfps/);
	await expect(row('Codecs')).toContainText('Opus');
	await expect(row('Bitrate')).toContainText(/[1-9]\d* [kM]bit\/s.*[1-9]\d* [kM]bit\/s/);
	await expect(row('Lost')).toContainText(/\d%.*\d%/);
	await expect(row('Round trip')).toContainText(/\d+ ms/);
	await expect(row('Path')).toContainText('Direct, UDP');
	const bitrate = await row('Bitrate').textContent();
	await expect(row('Bitrate')).not.toHaveText(bitrate ?? '');

	await panel.getByRole('button', { name: 'Close' }).click();
	await expect(panel).toBeHidden();
});

test('a participant whose picture stands still is marked, and no longer when it moves again', async ({
	newPerson,
	roomLink,
}) => {
	const ada = await newPerson('Ada');
	const bob = await newPerson('Bob');
	await meet([ada, bob], roomLink);
	await expectAllConnected([ada, bob]);
	await expectMoving(ada, 'Bob');

	/** Behind the application's back: his camera stays announced, and the sound goes on. */
	const setPictureSent = (active: boolean) =>
		bob.page.evaluate(async (active) => {
			for (const sender of window.parleyTestPeers?.flatMap((peer) => peer.getSenders()) ?? []) {
				if (sender.track?.kind !== 'video') continue;
				const parameters = sender.getParameters();
				for (const encoding of parameters.encodings) encoding.active = active;
				if (parameters.encodings.length > 0) await sender.setParameters(parameters);
			}
		}, active);

	await setPictureSent(false);
	const mark = ada.tile('Bob').getByRole('img', { name: 'Poor connection to Bob' });
	await expect(mark).toBeVisible();
	await expect(ada.tile('Bob')).toHaveAttribute('data-quality', 'poor');
	const panel = await openConnection(ada);
	await expect(panel).toContainText('The picture from Bob keeps freezing.');

	await setPictureSent(true);
	await expect(panel).toContainText('Good in both directions.');
	await expect(mark).toBeHidden();
});
