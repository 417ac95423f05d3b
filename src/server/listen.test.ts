import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { EventEmitter } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { ConfigError, everyAddress } from './config';
import { listen } from './listen';

/** A machine that refuses these addresses, each with a code. */
function machine(refusals: Record<string, string>) {
	const tried: string[] = [];
	const server = Object.assign(new EventEmitter(), {
		listen(_port: number, host: string, done: () => void) {
			tried.push(host);
			const code = refusals[host];
			if (code === undefined) done();
			else server.emit('error', Object.assign(new Error(code), { code, syscall: 'listen' }));
		},
	});
	return { server: server as unknown as Server, tried };
}

it('listens for both versions of IP', async () => {
	const server = createServer((socket) => socket.end());
	onTestFinished(() => void server.close());
	await listen(server, { host: everyAddress, port: 0 });
	const { port } = server.address() as AddressInfo;
	for (const host of ['127.0.0.1', '::1']) {
		await new Promise<void>((resolve, reject) => {
			connect(port, host)
				.on('connect', () => resolve())
				.on('error', reject);
		});
	}
});

it.each(['EAFNOSUPPORT', 'EADDRNOTAVAIL'])('goes without IPv6 where there is none (%s)', async (code) => {
	const { server, tried } = machine({ '::': code });
	await listen(server, { host: everyAddress, port: 3000 });
	expect(tried).toEqual(['::', '0.0.0.0']);
});

it('takes no other address than the one it was told, and no other port', async () => {
	const told = machine({ '::1': 'EADDRNOTAVAIL' });
	await expect(listen(told.server, { host: '::1', port: 3000 })).rejects.toThrow(ConfigError);
	expect(told.tried).toEqual(['::1']);
	const taken = machine({ '::': 'EADDRINUSE' });
	await expect(listen(taken.server, { host: '::', port: 3000 })).rejects.toThrow('PORT is 3000');
	expect(taken.tried).toEqual(['::']);
});
