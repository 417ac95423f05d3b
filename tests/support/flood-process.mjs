/**
 * The process that `flooder.ts` starts: `node flood-process.mjs <port> <niceness>`, told over its channel what to do. Nice, because a real
 * flood takes its time from another machine than the server's.
 */
import { setPriority } from 'node:os';
import { runnerImport } from 'vite';

const port = Number(process.argv[2]);
/** @type {{ module: typeof import('./crowds') }} */
const { module } = await runnerImport('./tests/support/crowds.ts', {
	configFile: false,
	logLevel: 'error',
});
setPriority(Number(process.argv[3]));
let stop = new AbortController();
let running = Promise.resolve();
let met = new Map();

/** @param {{ start: string } | 'report' | 'stop'} order */
async function obey(order) {
	if (typeof order === 'object') {
		stop = new AbortController();
		met = new Map();
		running = module.attacks[order.start]({ port }, stop.signal, met);
	} else if (order === 'stop') {
		stop.abort();
		await running;
	}
	process.send?.([...met]);
}
process.on('message', (order) => void obey(/** @type {Parameters<typeof obey>[0]} */ (order)));
process.on('disconnect', () => process.exit(0));
process.send?.([]);
