/** The numbers of one connection as a table to read: their names, and how they are written. Loaded with the panel. */
import { lossOf } from '../call/quality/quality-detectors';
import type { InboundRates, OutboundRates, PeerRates } from '../call/quality/rates';
import type { Path } from '../call/quality/stats';
import { slots } from '../call/transport/transport';
import { formatLocale, say } from './say';

/** `both` is for a number that has no direction. */
export type NumberRow = { name: string } & ({ received: string; sent: string } | { both: string });

type Streams = PeerRates['receiving'] | PeerRates['sending'];

const unknown = '–';

export function numberRows(rates: PeerRates): NumberRow[] {
	const row = (name: string, write: (streams: Streams) => string): NumberRow => ({
		name,
		received: write(rates.receiving),
		sent: write(rates.sending),
	});
	const screenShown = [rates.receiving.screen, rates.sending.screen].some((screen) => screen?.frameHeight);
	return [
		row(say('video'), ({ camera }) => picture(camera)),
		...(screenShown ? [row(say('screen'), ({ screen }) => picture(screen))] : []),
		row(say('codecs'), (streams) => codecs(present(streams))),
		row(say('bitrate'), (streams) => bitrate(sum(present(streams).map(({ bitrateBps }) => bitrateBps)))),
		row(say('lost'), (streams) => loss(present(streams))),
		row(say('jitter'), ({ microphone, camera }) =>
			milliseconds(microphone?.jitterMs ?? camera?.jitterMs ?? null),
		),
		...pathRows(rates.path),
	];
}

function pathRows(path: Path | null): NumberRow[] {
	if (!path) return [];
	const { availableOutgoingBps: available } = path;
	return [
		...(available === null ? [] : [{ name: say('capacity'), received: unknown, sent: bitrate(available) }]),
		{ name: say('roundTrip'), both: milliseconds(path.roundTripMs) },
		{ name: say('path'), both: pathWords(path) },
	];
}

function pathWords({ relayed, local, protocol, relayProtocol }: Path): string {
	if (!relayed) return say('pathDirect', { protocol: (protocol ?? 'udp').toUpperCase() });
	// We know how a relay is reached only if it is our own.
	const how = local === 'relay' ? (relayProtocol ?? protocol) : null;
	return how === null ? say('pathTheirRelay') : say('pathRelay', { protocol: how.toUpperCase() });
}

function picture(stream: InboundRates | OutboundRates | null): string {
	if (!stream?.frameWidth || !stream.frameHeight) return say('none');
	// Isolated, because right-to-left text would turn it round.
	const size = `\u2066${stream.frameWidth} × ${stream.frameHeight}\u2069`;
	return stream.framesPerSecond === null
		? size
		: say('pictureRate', { size, rate: number(Math.round(stream.framesPerSecond)) });
}

function codecs(streams: readonly (InboundRates | OutboundRates)[]): string {
	const names = streams.flatMap(({ codec }) => codec ?? []).map((name) => (name === 'opus' ? 'Opus' : name));
	return [...new Set(names)].join(', ') || say('none');
}

function bitrate(bitsPerSecond: number): string {
	if (bitsPerSecond >= 999_500)
		return say('megabits', { rate: number(bitsPerSecond / 1_000_000, { minimumFractionDigits: 1 }) });
	return say('kilobits', { rate: number(Math.round(bitsPerSecond / 1000)) });
}

function loss(streams: readonly (InboundRates | OutboundRates)[]): string {
	const known = streams.filter(({ packetLoss }) => packetLoss !== null);
	const share = known.length > 0 ? lossOf(known) : null;
	if (share === null) return unknown;
	const minimumFractionDigits = share > 0 && share < 0.0995 ? 1 : 0;
	return number(share, {
		style: 'percent',
		minimumFractionDigits,
		maximumFractionDigits: minimumFractionDigits,
	});
}

function milliseconds(duration: number | null): string {
	return duration === null ? unknown : say('milliseconds', { count: number(Math.round(duration)) });
}

function present(streams: Streams): (InboundRates | OutboundRates)[] {
	return slots.flatMap((slot) => streams[slot] ?? []);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function number(value: number, options: Intl.NumberFormatOptions = {}): string {
	return new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: 1, ...options }).format(value);
}
