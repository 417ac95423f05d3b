/**
 * Programs the tests need besides Node. Installs them where it can (Debian, as root), and otherwise prints the one command that would. No test is
 * skipped because a program is missing.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** The Debian package of each program. */
const needed = {
	chromium: 'chromium',
	'firefox-esr': 'firefox-esr',
	turnserver: 'coturn',
	ip: 'iproute2',
};
/** The same for web servers. Installed, they would start serving on port 80, so we only unpack their files into a folder here. */
const unpackedOnly = { nginx: 'nginx', caddy: 'caddy' };
const unpackedFolder = resolve(import.meta.dirname, '../node_modules/.cache/tools');

/** Where the unpacked programs are. `tests/support/reverse-proxy.ts` looks here as well. */
const unpackedPaths = ['usr/sbin', 'usr/bin'].map((folder) => join(unpackedFolder, folder));

/** @param {string} program */
function isInstalled(program) {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin', ...unpackedPaths];
	return folders.some((folder) => {
		try {
			accessSync(join(folder, program), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** @returns {string | null} what is wrong, in one line, or null when everything is there */
export function ensureTools() {
	/** @param {Record<string, string>} packages */
	const missingOf = (packages) =>
		Object.entries(packages)
			.filter(([program]) => !isInstalled(program))
			.map(([, debianPackage]) => debianPackage);
	const missing = () => missingOf({ ...needed, ...unpackedOnly });
	const packages = missing();
	if (packages.length === 0) return null;

	const installing = 'apt-get install -y --no-install-recommends';
	const install = `apt-get update && ${installing} ${packages.join(' ')}`;
	const isRoot = process.getuid?.() === 0;
	if (isRoot && isInstalled('apt-get')) {
		console.log(`Installing what the tests need: ${packages.join(', ')}`);
		const [installed, unpacked] = [missingOf(needed), missingOf(unpackedOnly)];
		mkdirSync(unpackedFolder, { recursive: true });
		const steps = [
			'apt-get update',
			installed.length > 0 ? `${installing} ${installed.join(' ')}` : 'true',
			...unpacked.map(
				(name) => `apt-get download ${name} && dpkg-deb -x ${name}_*.deb . && rm ${name}_*.deb`,
			),
		];
		spawnSync('sh', ['-c', steps.join(' && ')], {
			cwd: unpackedFolder,
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		if (missing().length === 0) return null;
	}
	return `The tests need ${packages.join(', ')}. Install with: ${isRoot ? '' : 'sudo '}sh -c '${install}'`;
}
