import { describe, expect, it } from 'vitest';
import { createRoomTrust, type RoomTrust } from '../../e2ee/room-trust';
import type { CertifiedSignal, Signal } from '../../protocol';
import { createDescriptionGuard } from './description-guard';
import type { RemoteEnd } from '../transport/transport';

const { subtle } = globalThis.crypto;
const secret = 'AAECAwQFBgcICQoLDA0ODw';

const description = (offer: number): Signal => ({
	...{ kind: 'description', epoch: 0, type: 'offer', sdp: `v=0 ${offer}` },
	offer,
});
const candidate = (epoch: number): Signal => ({
	...{ kind: 'candidate', epoch, candidate: 'candidate:1', sdpMid: '0' },
	...{ sdpMLineIndex: 0, usernameFragment: null },
});

/** A guard with somebody of another trust at the other end. */
function stand(trust: Pick<RoomTrust, 'certify' | 'check'>) {
	const sent: CertifiedSignal[] = [];
	const received: Signal[] = [];
	let changes = 0;
	const guard = createDescriptionGuard({
		trust,
		send: (_, signal) => void sent.push(signal),
		received: (_, signal) => void received.push(signal),
		changed: () => void changes++,
	});
	return { guard, sent, received, changes: () => changes };
}

async function two(theirs: string | null = secret) {
	const [ada, bob] = await Promise.all([
		createRoomTrust('room', secret, subtle),
		createRoomTrust('room', theirs, subtle),
	]);
	const end = (id: string, { identity }: RoomTrust): RemoteEnd => ({ id, incarnation: identity.incarnation });
	return { ada: stand(ada), bob: stand(bob), adaEnd: end('ada', ada), bobEnd: end('bob', bob) };
}

describe('descriptions', () => {
	it('[B1] go out certified, and come in as they were', async () => {
		const { ada, bob, adaEnd, bobEnd } = await two();
		ada.guard.send(bobEnd, description(1));
		await expect.poll(() => ada.sent).toHaveLength(1);
		bob.guard.handleSignal(adaEnd, ada.sent[0] ?? expect.fail());
		await expect.poll(() => bob.received).toEqual([description(1)]);
		expect(bob.guard.isUnproven(adaEnd)).toBe(false);
	});

	it('[B5] are dropped unproven, which is told until one is proven', async () => {
		const { ada, bob, adaEnd, bobEnd } = await two();
		ada.guard.send(bobEnd, description(1));
		await expect.poll(() => ada.sent).toHaveLength(1);
		const [good] = ada.sent as [CertifiedSignal];
		bob.guard.handleSignal(adaEnd, { ...good, sdp: 'v=0 of somebody else' } as CertifiedSignal);
		await expect.poll(() => bob.guard.isUnproven(adaEnd)).toBe(true);
		expect(bob.received).toEqual([]);
		expect(bob.changes()).toBe(1);
		bob.guard.handleSignal(adaEnd, good);
		await expect.poll(() => bob.guard.isUnproven(adaEnd)).toBe(false);
		expect(bob.received).toHaveLength(1);
		expect(bob.changes()).toBe(2);
	});

	it('[B5] of those who came by another link are dropped both ways', async () => {
		const { ada, bob, adaEnd, bobEnd } = await two(null);
		ada.guard.send(bobEnd, description(1));
		bob.guard.send(adaEnd, description(1));
		await expect.poll(() => ada.sent.length + bob.sent.length).toBe(2);
		bob.guard.handleSignal(adaEnd, ada.sent[0] ?? expect.fail());
		ada.guard.handleSignal(bobEnd, bob.sent[0] ?? expect.fail());
		await expect.poll(() => ada.guard.isUnproven(bobEnd)).toBe(true);
		expect(ada.received).toEqual([]);
	});

	it('are never sent by a browser that can’t certify', async () => {
		const { bobEnd } = await two();
		const { guard, sent } = stand({
			certify: () => Promise.reject(new Error('no Web Crypto')),
			check: () => Promise.resolve(false),
		});
		guard.send(bobEnd, description(1));
		guard.send(bobEnd, candidate(7));
		await expect.poll(() => sent).toEqual([candidate(7)]);
		const offers = [{ to: 'bob', incarnation: bobEnd.incarnation, signal: description(1) }];
		expect(await guard.certifyOffers(offers)).toEqual([]);
	});
});

describe('order', () => {
	it('is kept between two ends, in both directions', async () => {
		const { ada, bob, adaEnd, bobEnd } = await two();
		const signals = [candidate(0), description(1), candidate(1), description(2), candidate(2)];
		for (const signal of signals) ada.guard.send(bobEnd, signal);
		await expect.poll(() => ada.sent).toHaveLength(signals.length);
		for (const signal of ada.sent) bob.guard.handleSignal(adaEnd, signal);
		await expect.poll(() => bob.received).toEqual(signals);
	});

	it('of one end holds up nobody else, and what waits for one is bounded', async () => {
		let release: (proven: boolean) => void = () => {};
		const { guard, received } = stand({
			certify: () => Promise.reject(new Error('unused')),
			check: (_, from) =>
				from === 'slow' ? new Promise((resolve) => (release = resolve)) : Promise.resolve(true),
		});
		const certified = { ...description(1), key: '', signature: '' } as CertifiedSignal;
		const slow = { id: 'mallory', incarnation: 'slow' };
		guard.handleSignal(slow, certified);
		for (let number = 0; number < 1_000; number++)
			guard.handleSignal(slow, candidate(number) as CertifiedSignal);
		guard.handleSignal({ id: 'bob', incarnation: 'quick' }, certified);
		await expect.poll(() => received).toHaveLength(1);
		release(true);
		await expect.poll(() => received.length).toBe(1 + 256);
	});

	it('ends with the visit: nothing comes in or goes out after it', async () => {
		const certificate = { key: '', signature: '' };
		let release: () => void = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const { guard, sent, received } = stand({
			certify: () => held.then(() => certificate),
			check: () => held.then(() => true),
		});
		const end = { id: 'bob', incarnation: 'load' };
		guard.send(end, description(1));
		guard.handleSignal(end, { ...description(1), ...certificate } as CertifiedSignal);
		guard.close();
		release();
		// Another guard that was made later has done all of its own by the time it answers.
		const later = stand({ certify: () => Promise.resolve(certificate), check: () => Promise.resolve(true) });
		later.guard.send(end, description(1));
		await expect.poll(() => later.sent).toHaveLength(1);
		guard.send(end, candidate(0));
		guard.handleSignal(end, candidate(0) as CertifiedSignal);
		expect([...sent, ...received]).toEqual([]);
	});
});
