/**
 * `npm start`: builds if the sources have changed since the last build, starts the server and prints where to open it.
 * `npm start -- --lan`: the same over HTTPS, for every device on this network, with a certificate generated for it.
 */
import { existsSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded, isBuilt } from './build.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const arguments_ = process.argv.slice(2);
const unknown = arguments_.find((argument) => argument !== '--lan');
if (unknown !== undefined) fail(`Unknown option ${unknown}. There is one: --lan`);
const lan = arguments_.includes('--lan');

if (!existsSync('node_modules')) fail('Packages are missing. Run: npm ci');
// Imported only now, because it needs the packages.
const { lanAddresses, lanCertificate, qrCode } = await import('./lan.mjs');

process.env['NODE_ENV'] = 'production';
const addresses = lanAddresses();
if (lan) {
	if (!process.env['TLS_CERT'] && !process.env['TLS_KEY']) {
		const { certificateFile, keyFile } = await lanCertificate(addresses, 'data').catch(({ code }) =>
			fail(`The certificate for --lan can't be kept in data/ (${code})`),
		);
		process.env['TLS_CERT'] = certificateFile;
		process.env['TLS_KEY'] = keyFile;
	}
}

if (!isBuilt()) {
	// The server reports bad settings itself, but building it takes half a minute.
	const { settingsProblem } = await import('./settings.mjs');
	// The server will report it again, so if this check itself fails, we start anyway.
	const problem = await settingsProblem().catch(() => null);
	if (problem !== null) fail(problem);
	if (!buildIfNeeded()) process.exit(1);
}

const main = new URL('../build/server/main.js', import.meta.url).href;
const { listening } = await import(main);
const scheme = listening.secure ? 'https' : 'http';
console.log(`\n  Parley is ready: ${scheme}://localhost:${listening.port}\n`);
if (listening.build) console.log(`  Build ${listening.build}, as the settings show it\n`);
if (lan) printLan();
else console.log('  From a phone or another computer: npm start -- --lan\n');

function printLan() {
	const [first, ...others] = addresses.map(
		(address) => `https://${isIPv6(address) ? `[${address}]` : address}:${listening.port}`,
	);
	if (first === undefined) {
		console.log('  This computer is on no network, so no other device can reach it.\n');
		return;
	}
	console.log(`  On this network:  ${[first, ...others].join('\n                    ')}\n`);
	console.log(qrCode(first));
	console.log(
		'\n  The browser warns once, because the certificate was made here and nobody else vouches for it.',
	);
	console.log('  Choose "Advanced", then continue to the page.\n');
}

/** @param {string} problem @returns {never} */
function fail(problem) {
	console.error(problem);
	process.exit(1);
}
