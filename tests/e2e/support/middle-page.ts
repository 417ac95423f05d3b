/**
 * The media half of a server in the middle: a page that holds a peer connection toward each of two people, shows each of them the
 * other's pictures, and passes their chat on. It sees and reads all of it, and may change what it reads.
 */
import type { Browser, Page } from '@playwright/test';

/** One end's side of one peer between two page loads. */
export interface Leg {
	/** The page load that it faces. */
	facing: string;
	/** The page load in whose place it answers. */
	as: string;
	epoch: number;
}

export interface MiddlePage {
	/** Who faces `leg` has offered: answers, and makes the offer that goes to the other end. */
	offered(leg: Leg, sdp: string): Promise<{ answer: string; offer: string }>;
	/** Who faces `leg` has answered what was offered to them. */
	answered(leg: Leg, sdp: string): Promise<void>;
	candidate(leg: Leg, candidate: RTCIceCandidateInit): Promise<void>;
	/**
	 * Waits at addresses of its own for who faces `leg`, under the ICE credentials in the answer that they get from elsewhere. Resolves with
	 * those addresses, as candidates.
	 */
	lieInWait(leg: Leg, offer: string, answer: string): Promise<string[]>;
	/** Checks of a path that were answered so far, by all legs. */
	pathsChecked(): Promise<number>;
	/** Pictures decoded so far, by the page load that they are of. */
	framesDecoded(): Promise<Record<string, number>>;
	/** Every peer message read, with the page load that said it. */
	heard(): Promise<{ from: string; text: string }[]>;
	/** From now on, in what is passed on. */
	replaceText(find: string, replacement: string): Promise<void>;
	close(): Promise<void>;
}

interface PageLeg {
	facing: string;
	connection: RTCPeerConnection;
	channel: RTCDataChannel;
}

interface PageMiddle {
	legs: Map<string, PageLeg>;
	heard: { from: string; text: string }[];
	replacing: { find: string; replacement: string }[];
	offered(leg: Leg, sdp: string): Promise<{ answer: string; offer: string }>;
	answered(leg: Leg, sdp: string): Promise<void>;
	candidate(leg: Leg, candidate: RTCIceCandidateInit): Promise<void>;
	lieInWait(leg: Leg, descriptions: { offer: string; answer: string }): Promise<string[]>;
}

declare global {
	interface Window {
		parleyTestMiddle?: PageMiddle;
	}
}

/** `origin`: any server on this machine, which makes the page a secure one. */
export async function openMiddlePage(browser: Browser, origin: string): Promise<MiddlePage> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(`${origin}/healthz`);
	await page.evaluate(setUp);
	return {
		offered: (leg, sdp) => onPage(page, 'offered', leg, sdp),
		answered: (leg, sdp) => onPage(page, 'answered', leg, sdp),
		candidate: (leg, candidate) => onPage(page, 'candidate', leg, candidate),
		lieInWait: (leg, offer, answer) => onPage(page, 'lieInWait', leg, { offer, answer }),
		pathsChecked: () =>
			page.evaluate(async () => {
				let answered = 0;
				for (const { connection } of window.parleyTestMiddle?.legs.values() ?? []) {
					(await connection.getStats()).forEach((stat: { type: string; responsesSent?: number }) => {
						if (stat.type === 'candidate-pair') answered += stat.responsesSent ?? 0;
					});
				}
				return answered;
			}),
		framesDecoded: () =>
			page.evaluate(async () => {
				const frames: Record<string, number> = {};
				for (const { facing, connection } of window.parleyTestMiddle?.legs.values() ?? []) {
					(await connection.getStats()).forEach((stat: { type: string; framesDecoded?: number }) => {
						if (stat.type === 'inbound-rtp')
							frames[facing] = (frames[facing] ?? 0) + (stat.framesDecoded ?? 0);
					});
				}
				return frames;
			}),
		heard: () => page.evaluate(() => window.parleyTestMiddle?.heard ?? []),
		replaceText: (find, replacement) =>
			page.evaluate((next) => void window.parleyTestMiddle?.replacing.push(next), { find, replacement }),
		close: () => context.close(),
	};
}

type Step = 'offered' | 'answered' | 'candidate' | 'lieInWait';
type Given<S extends Step> = Parameters<PageMiddle[S]>[1];

function onPage<S extends Step>(page: Page, step: S, leg: Leg, given: Given<S>): ReturnType<PageMiddle[S]> {
	return page.evaluate(
		({ step, leg, given }) => {
			const middle = window.parleyTestMiddle;
			if (!middle) throw new Error('the middle is not set up');
			return (middle[step] as (leg: Leg, given: unknown) => Promise<unknown>)(leg, given);
		},
		{ step, leg, given },
	) as ReturnType<PageMiddle[S]>;
}

/** Runs in the page. */
async function setUp(): Promise<void> {
	// Only pages with a camera may name their addresses in candidates.
	await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
	const legs = new Map<string, PageLeg>();
	const heard: PageMiddle['heard'] = [];
	const replacing: PageMiddle['replacing'] = [];

	const nameOf = ({ facing, as, epoch }: Leg) => `${facing} ${as} ${epoch}`;
	const opposite = ({ facing, as, epoch }: Leg): Leg => ({ facing: as, as: facing, epoch });

	function legFor(leg: Leg, answers: boolean): PageLeg {
		const known = legs.get(nameOf(leg));
		if (known) return known;
		const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
		if (!answers) {
			for (const kind of ['audio', 'video', 'video', 'audio'])
				connection.addTransceiver(kind, { direction: 'sendrecv' });
		}
		const channel = connection.createDataChannel('parley', { negotiated: true, id: 0 });
		channel.onmessage = ({ data }) => {
			heard.push({ from: leg.facing, text: String(data) });
			let text = String(data);
			for (const { find, replacement } of replacing) text = text.replaceAll(find, replacement);
			const other = legs.get(nameOf(opposite(leg)))?.channel;
			if (other?.readyState === 'open') other.send(text);
		};
		connection.ontrack = ({ track, transceiver }) => {
			const index = connection.getTransceivers().indexOf(transceiver);
			const other = legs.get(nameOf(opposite(leg)))?.connection;
			void other?.getTransceivers()[index]?.sender.replaceTrack(track);
		};
		const made = { facing: leg.facing, connection, channel };
		legs.set(nameOf(leg), made);
		return made;
	}

	/** With every candidate inside, so that there is nothing more to send. */
	async function describe(
		connection: RTCPeerConnection,
		description?: RTCSessionDescriptionInit,
	): Promise<string> {
		await connection.setLocalDescription(description);
		while (connection.iceGatheringState !== 'complete') {
			await new Promise((resolve) =>
				connection.addEventListener('icegatheringstatechange', resolve, { once: true }),
			);
		}
		return connection.localDescription?.sdp ?? '';
	}

	window.parleyTestMiddle = {
		legs,
		heard,
		replacing,
		async offered(leg, sdp) {
			const near = legFor(leg, true);
			const known = legs.has(nameOf(opposite(leg)));
			const far = legFor(opposite(leg), false);
			await near.connection.setRemoteDescription({ type: 'offer', sdp });
			for (const [index, transceiver] of near.connection.getTransceivers().entries()) {
				transceiver.direction = 'sendrecv';
				const theirs = far.connection.getTransceivers()[index];
				await theirs?.sender.replaceTrack(transceiver.receiver.track);
				if (theirs) await transceiver.sender.replaceTrack(theirs.receiver.track);
			}
			if (known) far.connection.restartIce();
			return { answer: await describe(near.connection), offer: await describe(far.connection) };
		},
		async answered(leg, sdp) {
			await legs.get(nameOf(leg))?.connection.setRemoteDescription({ type: 'answer', sdp });
		},
		async candidate(leg, candidate) {
			// Of a description that has been superseded, perhaps; one path less.
			await legs
				.get(nameOf(leg))
				?.connection.addIceCandidate(candidate)
				.catch(() => {});
		},
		async lieInWait(leg, { offer, answer }) {
			const { connection } = legFor(leg, true);
			await connection.setRemoteDescription({ type: 'offer', sdp: offer });
			const { sdp = '' } = await connection.createAnswer();
			let borrowed = sdp;
			for (const line of [/a=ice-ufrag:.*/g, /a=ice-pwd:.*/g]) {
				borrowed = borrowed.replace(line, answer.match(line)?.[0] ?? '');
			}
			const described = await describe(connection, { type: 'answer', sdp: borrowed });
			return [...new Set(described.match(/candidate:.*/g))].map(
				(candidate) => `${candidate} ufrag ${/a=ice-ufrag:(\S+)/.exec(answer)?.[1]}`,
			);
		},
	};
}
