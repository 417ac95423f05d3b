import { expect, it } from 'vitest';
import { settingsProblem } from './settings-problem';

it('tells of bad values, and of files that are not what they should be', () => {
	expect(settingsProblem({})).toBeNull();
	expect(settingsProblem({ ROOM_LIMIT: '0' })).toBe(
		'ROOM_LIMIT holds "0", but may hold a whole number from 2 to 100',
	);
	expect(settingsProblem({ TLS_CERT: 'no-such.pem', TLS_KEY: 'no-such.pem' })).toMatch(
		/^TLS_CERT holds "no-such.pem"/,
	);
});
