import { expect, it } from 'vitest';
import { createOriginReport, isOriginAllowed } from './origin';

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

it('tells once for each page and host what was refused and what mends it, and a bounded number of them', () => {
	const told: object[] = [];
	const report = createOriginReport({ warn: (event, fields) => void told.push({ event, ...fields }) });
	const hidden = { origin: 'https://calls.example.org', host: 'backend:3000' };
	report(hidden);
	report(hidden);
	expect(told).toEqual([{ event: 'origin refused', ...hidden, setting: 'ORIGIN' }]);
	report({ 'sec-fetch-site': 'cross-site', host: 'backend:3000' });
	expect(told).toHaveLength(1);
	for (let count = 0; count < 100; count++) report({ origin: `https://${count}.${'x'.repeat(5_000)}` });
	expect(told.length).toBeLessThanOrEqual(16);
	expect(JSON.stringify(told).length).toBeLessThan(8_000);
});
