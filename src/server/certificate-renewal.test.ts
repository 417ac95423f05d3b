import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock';
import { createCertificateRenewal } from './certificate-renewal';
import type { Log } from './log';
import type { Credentials } from './tls';

function setUp() {
	const clock = new FakeClock();
	const told: string[] = [];
	const used: string[] = [];
	const tell = (event: string, fields?: { problem?: string }) =>
		void told.push([event, fields?.problem].filter(Boolean).join(': '));
	const log = { info: tell, warn: tell, error: tell, debug: tell } as Log;
	const files: { hold: string | Error } = { hold: 'first' };
	const load = (): Credentials => {
		if (files.hold instanceof Error) throw files.hold;
		return { cert: files.hold, key: 'key' };
	};
	const use = ({ cert }: Credentials) => void used.push(cert);
	const renewal = createCertificateRenewal({ loaded: load(), load, use, clock, everyMs: 1_000, log });
	return { clock, told, used, files, renewal };
}

it('takes a certificate whose files have changed, once', async () => {
	const { clock, told, used, files } = setUp();
	await clock.advance(5_000);
	files.hold = 'second';
	await clock.advance(5_000);
	expect(used).toEqual(['second']);
	expect(told).toEqual(['certificate renewed']);
});

it('takes it at once when asked, and says so when there is no other', () => {
	const { told, used, files, renewal } = setUp();
	renewal.renew();
	files.hold = 'second';
	renewal.renew();
	expect(used).toEqual(['second']);
	expect(told).toEqual(['certificate unchanged', 'certificate renewed']);
});

it('keeps the one it has while the files hold none, and says so once', async () => {
	const { clock, told, used, files } = setUp();
	files.hold = new Error('no certificate');
	await clock.advance(10_000);
	expect(used).toEqual([]);
	expect(told).toEqual(['certificate not renewed: no certificate']);
	files.hold = 'second';
	await clock.advance(1_000);
	expect(used).toEqual(['second']);
});

it('says nothing of files that are being replaced one after the other, unless asked', async () => {
	const { clock, told, files, renewal } = setUp();
	files.hold = new Error('they do not belong together');
	await clock.advance(1_000);
	files.hold = 'second';
	await clock.advance(1_000);
	expect(told).toEqual(['certificate renewed']);
	files.hold = new Error('no certificate');
	renewal.renew();
	await clock.advance(5_000);
	expect(told.slice(1)).toEqual(['certificate not renewed: no certificate']);
});

it('looks no more once it is stopped', async () => {
	const { clock, used, files, renewal } = setUp();
	renewal.stop();
	files.hold = 'second';
	await clock.advance(5_000);
	expect(used).toEqual([]);
	expect(clock.pending).toBe(0);
});
