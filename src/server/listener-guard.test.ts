import { EventEmitter } from 'node:events';
import type { Server, Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createCallers } from './address';
import { parseNetwork } from './ip-address';
import { guardListener } from './listener-guard';

function connectionFrom(remoteAddress: string) {
	const destroyed: string[] = [];
	return Object.assign(new EventEmitter(), {
		remoteAddress,
		destroyed,
		destroy: () => void destroyed.push(remoteAddress),
	});
}

it('[L5] holds so many TCP connections of one address, and takes another when one has closed', () => {
	const server = new EventEmitter();
	const trusted = [parseNetwork('10.0.0.2')].filter((network) => network !== null);
	guardListener(server as Server, createCallers(trusted, { warn() {} }), 2);
	const arrive = (address: string) => {
		const socket = connectionFrom(address);
		server.emit('connection', socket as unknown as Socket);
		return socket;
	};
	const first = arrive('203.0.113.7');
	arrive('203.0.113.7');
	expect(arrive('203.0.113.7').destroyed).toHaveLength(1);
	expect(arrive('203.0.113.8').destroyed).toHaveLength(0);
	first.emit('close');
	expect(arrive('203.0.113.7').destroyed).toHaveLength(0);
	for (const own of ['127.0.0.1', '10.0.0.2'])
		for (let count = 0; count < 10; count++) expect(arrive(own).destroyed).toHaveLength(0);
});
