import { expect, it } from 'vitest';
import { isOriginAllowed } from './origin';

const host = 'localhost:3000';

it('[O1] takes pages from the host they talk to, over HTTP and HTTPS', () => {
	expect(isOriginAllowed({ host, origin: 'http://localhost:3000' }, null)).toBe(true);
	expect(isOriginAllowed({ host, origin: 'https://localhost:3000' }, null)).toBe(true);
	expect(isOriginAllowed({ host, origin: 'http://localhost:3001' }, null)).toBe(false);
	expect(isOriginAllowed({ host, origin: 'null' }, null)).toBe(false);
	expect(isOriginAllowed({ origin: 'http://undefined' }, null)).toBe(false);
});

it('[O1] goes by the configured origin alone', () => {
	const allowed = 'https://meet.example.org';
	expect(isOriginAllowed({ host, origin: allowed }, allowed)).toBe(true);
	expect(isOriginAllowed({ host, origin: 'http://localhost:3000' }, allowed)).toBe(false);
});

it('[O1] takes what is no browser, but not a foreign page that sends no Origin', () => {
	expect(isOriginAllowed({ host }, null)).toBe(true);
	expect(isOriginAllowed({ host, 'sec-fetch-site': 'same-origin' }, null)).toBe(true);
	expect(isOriginAllowed({ host, 'sec-fetch-site': 'cross-site' }, null)).toBe(false);
	expect(isOriginAllowed({ host, 'sec-fetch-site': 'same-site' }, null)).toBe(false);
});
