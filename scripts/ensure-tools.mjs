/**
 * Programs the tests need beside Node: installs them where that is possible (Debian, as root), and otherwise says the one
 * command that would. Nothing is skipped for the want of them.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian package by program. */
const needed = {
	chromium: 'chromium',
	'redis-server': 'redis-server',
	turnserver: 'coturn',
	ip: 'iproute2',
};

/** @param {string} program */
function isInstalled(program) {
	const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
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
	const missing = () =>
		Object.entries(needed)
			.filter(([program]) => !isInstalled(program))
			.map(([, debianPackage]) => debianPackage);
	const packages = missing();
	if (packages.length === 0) return null;

	const install = `apt-get update && apt-get install -y --no-install-recommends ${packages.join(' ')}`;
	const isRoot = process.getuid?.() === 0;
	if (isRoot && isInstalled('apt-get')) {
		console.log(`Installing what the tests need: ${packages.join(', ')}`);
		spawnSync('sh', ['-c', install], {
			stdio: ['ignore', 'ignore', 'inherit'],
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		});
		if (missing().length === 0) return null;
	}
	return `The tests need ${packages.join(', ')}. Install with: ${isRoot ? '' : 'sudo '}sh -c '${install}'`;
}
