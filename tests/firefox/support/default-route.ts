/**
 * Firefox gathers no candidate at all, not even on loopback, where the machine has no default route (seen in 153, whatever its
 * preferences say). Where there is none, one that leads nowhere is put up, and taken down again.
 */
import { execFileSync } from 'node:child_process';

/** Returns what takes the route down. Throws in one line where a route is missing and can't be made. */
export function ensureDefaultRoute(): () => void {
	if (hasDefaultRoute('-4') || hasDefaultRoute('-6')) return () => {};
	if (process.getuid?.() !== 0) {
		throw new Error(
			'Firefox makes no calls without a default route, and making one needs root: run `sudo npm test`',
		);
	}
	// A bridge, for it is up with nothing plugged in.
	const bridge = `p${process.pid.toString(36)}route`;
	ip('link', 'add', bridge, 'type', 'bridge');
	const remove = () => {
		process.off('exit', remove);
		ip('link', 'delete', bridge);
	};
	process.on('exit', remove);
	ip('address', 'add', '10.63.255.1/30', 'dev', bridge);
	ip('link', 'set', bridge, 'up');
	ip('route', 'add', 'default', 'via', '10.63.255.2', 'dev', bridge);
	return remove;
}

function hasDefaultRoute(family: '-4' | '-6'): boolean {
	return ip(family, 'route', 'show', 'default').trim() !== '';
}

function ip(...words: string[]): string {
	return execFileSync('ip', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
