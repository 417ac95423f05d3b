/**
 * A call between people in network namespaces of their own, each with a whole browser, so that addresses and routes can be
 * taken from under it.
 */
import { chromium, type LaunchOptions } from '@playwright/test';
import { createLab, type Place } from '../../support/netns';
import { startServerProcess, type ServerProcess } from '../../support/server-process';
import { executablePath, launchOptions, type FakeMediaOptions } from './browser';
import { createPerson, expectAllConnected, expectMoving, type Person } from './person';

export interface Dweller {
	person: Person;
	place: Place;
}

export interface LabCall {
	readonly dwellers: Dweller[];
	readonly server: ServerProcess;
	close(): Promise<void>;
}

/** Everyone is in the call and sees everyone else move. */
export async function startLabCall(names: string[]): Promise<LabCall> {
	const closers: (() => Promise<unknown> | void)[] = [];
	const close = async () => {
		for (const action of closers.reverse()) await action();
	};
	try {
		const lab = createLab();
		closers.push(lab.close);
		const server = await startServerProcess({ HOST: '0.0.0.0' });
		closers.push(server.dispose);
		const origin = `http://${lab.address}:${server.port}`;
		const dwellers: Dweller[] = [];
		for (const name of names) {
			const place = lab.addPlace();
			const browser = await chromium.launch({
				// Cameras want a secure context, which an address of the lab is not by itself.
				...withoutLoopback({ fps: 10, args: [`--unsafely-treat-insecure-origin-as-secure=${origin}`] }),
				executablePath: place.wrap(executablePath),
			});
			closers.push(() => browser.close());
			const context = await browser.newContext({ viewport: { width: 480, height: 360 } });
			const person = await createPerson(context, name);
			await person.enter(`${origin}/room/lab-room#AAAAAAAAAAAAAAAAAAAAAA`);
			dwellers.push({ person, place });
		}
		const people = dwellers.map(({ person }) => person);
		await expectAllConnected(people);
		for (const person of people) {
			for (const other of people) if (other !== person) await expectMoving(person, other.name);
		}
		return { dwellers, server, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** Here are real networks: addresses of loopback would only be candidates that lead nowhere. */
function withoutLoopback(options: FakeMediaOptions): LaunchOptions {
	const { args = [], ...others } = launchOptions(options);
	return { ...others, args: args.filter((arg) => arg !== '--allow-loopback-in-peer-connection') };
}
