/** For `--lan`: this computer's addresses, a certificate for them, and a QR code of the first. */
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { encode } from 'uqr';

const dayMs = 86_400_000;
/** Apple's platforms refuse certificates that are good for longer than 825 days; a year is plenty. */
const lifetimeMs = 365 * dayMs;

/**
 * Addresses that other devices may reach, home networks first. IPv6 addresses only if there are no others: they change from day to day, and each
 * change needs a new certificate.
 */
export function lanAddresses(interfaces = networkInterfaces()) {
	const reachable = Object.values(interfaces)
		.flatMap((addresses) => addresses ?? [])
		.filter(({ internal, address }) => !internal && !/^(169\.254\.|fe[89ab])/i.test(address));
	const ofFamily = (/** @type {string} */ wanted) =>
		reachable.filter(({ family }) => family === wanted).map(({ address }) => address);
	const ipv4 = ofFamily('IPv4');
	return ipv4.length > 0 ? ipv4.sort((a, b) => rank(a) - rank(b)) : ofFamily('IPv6');
}

/** Containers and virtual machines often use 172.16/12, home routers 192.168/16. @param {string} address */
function rank(address) {
	return ['192.168.', '10.', '172.'].findIndex((start) => address.startsWith(start)) >>> 0;
}

/**
 * The stored certificate if it fits these addresses and has more than a week left, otherwise a new one.
 * @param {string[]} addresses @param {string} folder
 */
export async function lanCertificate(addresses, folder) {
	const certificateFile = join(folder, 'lan-certificate.pem');
	const keyFile = join(folder, 'lan-key.pem');
	if (!fits(certificateFile, keyFile, addresses)) {
		const pems = await generate([{ name: 'commonName', value: 'Parley on this network' }], {
			keyType: 'ec',
			algorithm: 'sha256',
			notBeforeDate: new Date(Date.now() - dayMs),
			notAfterDate: new Date(Date.now() + lifetimeMs),
			extensions: [
				{ name: 'basicConstraints', cA: false, critical: true },
				{ name: 'keyUsage', digitalSignature: true, critical: true },
				{ name: 'extKeyUsage', serverAuth: true },
				{
					name: 'subjectAltName',
					altNames: [
						{ type: 2, value: 'localhost' },
						...['127.0.0.1', '::1', ...addresses].map((ip) => ({ type: /** @type {const} */ (7), ip })),
					],
				},
			],
		});
		mkdirSync(folder, { recursive: true });
		writeFileSync(certificateFile, pems.cert);
		writeFileSync(keyFile, pems.private, { mode: 0o600 });
	}
	return { certificateFile, keyFile };
}

/** @param {string} certificateFile @param {string} keyFile @param {string[]} addresses */
function fits(certificateFile, keyFile, addresses) {
	try {
		const certificate = new X509Certificate(readFileSync(certificateFile));
		readFileSync(keyFile);
		const lastsMs = new Date(certificate.validTo).getTime() - Date.now();
		return lastsMs > 7 * dayMs && addresses.every((address) => certificate.checkIP(address) !== undefined);
	} catch {
		return false;
	}
}

/**
 * Draws two rows in each line, with half blocks, in colours of its own: in the terminal's colours, the code may come out inverted.
 * @param {string} text
 */
export function qrCode(text) {
	const { data } = encode(text, { border: 2 });
	const lines = [];
	for (let row = 0; row < data.length; row += 2) {
		const upper = data[row] ?? [];
		const lower = data[row + 1] ?? [];
		const cells = upper.map((dark, column) => `\x1b[${dark ? 30 : 97};${lower[column] ? 40 : 107}m▀`);
		lines.push(`  ${cells.join('')}\x1b[0m`);
	}
	return lines.join('\n');
}
