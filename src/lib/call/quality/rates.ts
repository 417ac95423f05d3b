/**
 * What happened on a peer between two samples of its statistics. Pure. Does not judge; `quality-detectors.ts` does.
 */
import {
	noStreams,
	type InboundSample,
	type Limitation,
	type OutboundSample,
	type Path,
	type PeerSample,
	type StreamSample,
} from './stats';
import { slots, type Slot } from '../transport/transport';

interface StreamRates {
	bitrateBps: number;
	/** How many were received, or sent, between the samples; the same for frames. */
	packets: number;
	/** How many were meant to be received, including the lost ones. */
	packetsExpected: number;
	frames: number;
	/** 0 to 1; `null` when nothing was sent that could be lost, or nobody has reported lately. */
	packetLoss: number | null;
	jitterMs: number | null;
	framesPerSecond: number | null;
	frameWidth: number | null;
	frameHeight: number | null;
	codec: string | null;
}

export interface InboundRates extends StreamRates {
	freezes: number;
	/** How much of the time the picture stood still, 0 to 1. */
	frozenShare: number;
	/** All frames decoded so far: 0 means that there was never a picture that could freeze. */
	framesSoFar: number;
}

export interface OutboundRates extends StreamRates {
	limitation: Limitation;
	/** Since the other end last reported on this stream; `null` when it never has. */
	reportAgeMs: number | null;
}

export interface PeerRates {
	overMs: number;
	receiving: Record<Slot, InboundRates | null>;
	sending: Record<Slot, OutboundRates | null>;
	path: Path | null;
}

/** A report on loss that is older than this is outdated. Sound is reported about every 5 s (RFC 3550, section 6.2). */
export const reportFreshMs = 12_000;

/** `null` when the samples are not of the same peer in this order: a fresh peer counts from zero. */
export function ratesBetween(previous: PeerSample, next: PeerSample): PeerRates | null {
	const overMs = next.atMs - previous.atMs;
	if (overMs <= 0) return null;
	const rates: PeerRates = { overMs, receiving: noStreams(), sending: noStreams(), path: next.path };
	for (const slot of slots) {
		const [inBefore, inNow] = [previous.receiving[slot], next.receiving[slot]];
		const [outBefore, outNow] = [previous.sending[slot], next.sending[slot]];
		if (countsBack(inBefore, inNow) || countsBack(outBefore, outNow)) return null;
		if (inNow) rates.receiving[slot] = inboundRates(inBefore, inNow, overMs);
		if (outNow) rates.sending[slot] = outboundRates(outBefore, outNow, overMs, next.atMs);
	}
	return rates;
}

function countsBack(previous: StreamSample | null, next: StreamSample | null): boolean {
	return previous !== null && (next === null || next.packets < previous.packets);
}

function inboundRates(before: InboundSample | null, now: InboundSample, overMs: number): InboundRates {
	const rates = streamRates(before, now, overMs);
	// The count goes down when a packet that was thought lost comes late.
	const lost = Math.max(0, now.packetsLost - (before?.packetsLost ?? 0));
	const packetsExpected = lost + rates.packets;
	return {
		...rates,
		packetsExpected,
		packetLoss: packetsExpected > 0 ? lost / packetsExpected : null,
		jitterMs: rates.packets > 0 ? now.jitterMs : null,
		freezes: Math.max(0, now.freezes - (before?.freezes ?? 0)),
		frozenShare: Math.min(1, Math.max(0, now.freezeMs - (before?.freezeMs ?? 0)) / overMs),
		framesSoFar: now.frames,
	};
}

function outboundRates(
	before: OutboundSample | null,
	now: OutboundSample,
	overMs: number,
	atMs: number,
): OutboundRates {
	const reportAgeMs = now.reported ? atMs - now.reported.atMs : null;
	const fresh = reportAgeMs !== null && reportAgeMs <= reportFreshMs ? now.reported : null;
	const rates = streamRates(before, now, overMs);
	const said = rates.packets > 0 ? fresh : null;
	return {
		...rates,
		packetLoss: said?.packetLoss ?? null,
		jitterMs: said?.jitterMs ?? null,
		limitation: now.limitation,
		reportAgeMs,
	};
}

function streamRates(before: StreamSample | null, now: StreamSample, overMs: number) {
	const packets = now.packets - (before?.packets ?? 0);
	const moving = packets > 0;
	return {
		bitrateBps: ((now.bytes - (before?.bytes ?? 0)) * 8000) / overMs,
		packets,
		packetsExpected: packets,
		frames: now.frames - (before?.frames ?? 0),
		// Browsers keep the last numbers of a picture that has stopped.
		framesPerSecond: moving ? now.framesPerSecond : null,
		frameWidth: moving ? now.frameWidth : null,
		frameHeight: moving ? now.frameHeight : null,
		codec: moving ? now.codec : null,
	};
}
