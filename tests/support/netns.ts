/**
 * A small internet of network namespaces joined by a bridge: each place in it has interfaces, addresses and routes of its
 * own, which can be taken away while a browser inside uses them. Needs root. Everything is named after this process and removed
 * when it ends, however it ends.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Place {
	/** The address in use now. */
	readonly address: string;
	/** A program that runs the given one in here, for launchers that take a path and nothing else. */
	wrap(program: string): string;
	/** Another interface with another address and route comes up, and the present one goes: Wi-Fi to mobile network. */
	switchNetwork(): void;
	/** Packets are dropped in silence; the interface stays up. */
	setDark(dark: boolean): void;
}

export interface Lab {
	/** Where programs outside of the places, such as the server, are reached from within. */
	readonly address: string;
	addPlace(): Place;
	close(): void;
}

let labs = 0;

/** Throws in one line what is missing, where namespaces can't be made. */
export function createLab(): Lab {
	if (process.getuid?.() !== 0) throw new Error('network namespaces need root: run `sudo npm test`');
	const number = (process.pid * 4 + labs++) % 16_384;
	// A network of its own for each lab, 10.64.0.0 to 10.127.255.0, so that two that run at once don't meet.
	const prefix = `10.${64 + (number >> 8)}.${number & 255}`;
	const name = `p${process.pid.toString(36)}${labs.toString(36)}`;
	const bridge = `${name}b`;
	const scripts = mkdtempSync(join(tmpdir(), 'parley-lab-'));
	const namespaces: string[] = [];
	let hosts = 1;
	let interfaces = 0;
	let open = true;

	const address = `${prefix}.1`;
	ip('link', 'add', bridge, 'type', 'bridge');
	// Some kernels hold a new bridge's ports back for half a minute, listening for loops.
	ip('link', 'set', bridge, 'type', 'bridge', 'stp_state', '0', 'forward_delay', '0');
	ip('address', 'add', `${address}/24`, 'dev', bridge);
	ip('link', 'set', bridge, 'up');

	function addPlace(): Place {
		const namespace = `${name}n${namespaces.length}`;
		ip('netns', 'add', namespace);
		namespaces.push(namespace);
		inside('link', 'set', 'lo', 'up');
		let current = plug();

		function inside(...words: string[]): void {
			ip('-n', namespace, ...words);
		}

		/** A new interface on the bridge, up, with an address, and the way out. */
		function plug(): { outer: string; inner: string; address: string } {
			const outer = `${name}o${++interfaces}`;
			const inner = `eth${interfaces}`;
			const host = `${prefix}.${++hosts}`;
			ip('link', 'add', outer, 'type', 'veth', 'peer', 'name', inner, 'netns', namespace);
			ip('link', 'set', outer, 'master', bridge, 'up');
			inside('address', 'add', `${host}/24`, 'dev', inner);
			inside('link', 'set', inner, 'up');
			inside('route', 'replace', 'default', 'via', address);
			return { outer, inner, address: host };
		}

		return {
			get address() {
				return current.address;
			},
			wrap(program) {
				const script = join(scripts, `${namespace}.sh`);
				writeFileSync(script, `#!/bin/sh\nexec nsenter --net=/run/netns/${namespace} ${program} "$@"\n`);
				chmodSync(script, 0o755);
				return script;
			},
			switchNetwork() {
				const old = current;
				inside('link', 'delete', old.inner);
				current = plug();
			},
			setDark(dark) {
				execFileSync('bridge', ['link', 'set', 'dev', current.outer, 'state', dark ? '0' : '3']);
			},
		};
	}

	function close(): void {
		if (!open) return;
		open = false;
		process.off('exit', close);
		for (const namespace of namespaces) attempt(() => ip('netns', 'delete', namespace));
		attempt(() => ip('link', 'delete', bridge));
		rmSync(scripts, { recursive: true, force: true });
	}

	process.on('exit', close);
	return { address, addPlace, close };
}

function ip(...words: string[]): void {
	execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** What is gone already need not be removed. */
function attempt(action: () => void): void {
	try {
		action();
	} catch {
		// Gone with what it belonged to.
	}
}
