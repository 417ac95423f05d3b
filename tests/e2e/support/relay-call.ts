/**
 * A call whose every packet of media goes through a real coturn, and before it through a proxy that makes the weather. Signaling
 * is left alone.
 */
import type { BrowserContext } from '@playwright/test';
import { startUdpProxy, type UdpProxy, type UdpWeather } from '../../support/faults/udp-proxy';
import { startServerProcess, type ServerProcess } from '../../support/server-process';
import { startTurnServer } from '../../support/turn-server';
import { launchBrowser } from './browser';
import { createPerson, meet, type Person } from './person';

export interface RelayCall {
	readonly people: Person[];
	readonly proxy: UdpProxy;
	readonly server: ServerProcess;
	/** Everyone goes into the room, one after the other. */
	enter(): Promise<void>;
	close(): Promise<void>;
}

/** Peers of this context use a relay and nothing else, whatever they are told. */
export async function useRelayOnly(context: BrowserContext): Promise<void> {
	await context.addInitScript(() => {
		const Native = window.RTCPeerConnection;
		window.RTCPeerConnection = class extends Native {
			constructor(configuration?: RTCConfiguration) {
				super({ ...configuration, iceTransportPolicy: 'relay' });
			}

			override setConfiguration(configuration?: RTCConfiguration): void {
				super.setConfiguration({ ...configuration, iceTransportPolicy: 'relay' });
			}
		};
	});
}

export interface RelayCallOptions {
	weather?: Partial<UdpWeather>;
	/** Run in every page before its own code. */
	script?: () => void;
}

/** People who stand before the room; `enter` takes them in. */
export async function prepareRelayCall(
	names: string[],
	{ weather = {}, script }: RelayCallOptions = {},
): Promise<RelayCall> {
	const closers: (() => Promise<unknown>)[] = [];
	const close = async () => {
		for (const action of closers.reverse()) await action();
	};
	try {
		const turn = await startTurnServer();
		closers.push(turn.stop);
		const proxy = await startUdpProxy({ port: turn.port });
		closers.push(proxy.close);
		proxy.setWeather(weather);
		const server = await startServerProcess({
			TURN_URLS: `turn:127.0.0.1:${proxy.port}?transport=udp`,
			TURN_SECRET: turn.secret,
		});
		closers.push(server.dispose);
		const browser = await launchBrowser({ fps: 10 });
		closers.push(() => browser.close());
		const people: Person[] = [];
		for (const name of names) {
			const context = await browser.newContext({ viewport: { width: 480, height: 360 } });
			await useRelayOnly(context);
			if (script) await context.addInitScript(script);
			people.push(await createPerson(context, name));
		}
		return {
			people,
			proxy,
			server,
			async enter() {
				await meet(people, `${server.origin}/room/relay-room#AAAAAAAAAAAAAAAAAAAAAA`);
			},
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
