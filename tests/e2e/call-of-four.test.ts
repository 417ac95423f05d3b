/** Four people and twelve encoders on one machine: cameras of 10 frames a second are what two cores can carry. */
import { test } from './support/fixtures';
import { leaveAndReload } from './support/leave-and-reload';

test.use({ media: { fps: 10 } });

test('four people are all connected; one leaves, one reloads, and the others never pause', ({
	newPerson,
	roomLink,
}) => {
	// More than a minute where nothing else runs.
	test.setTimeout(180_000);
	return leaveAndReload(['Ada', 'Bob', 'Cleo', 'Dan'], newPerson, roomLink);
});
