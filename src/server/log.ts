/**
 * Structured logs. Only a fixed list of fields can be logged, and none of them can hold a session description, a
 * message, a name or a token. Room names let people in, so they appear as a digest.
 */
import { createHash } from 'node:crypto';
import { pino, type DestinationStream } from 'pino';
import type { ErrorCode } from '../lib/protocol';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LogFields {
	/** Logged as a digest. */
	room?: string;
	participant?: string;
	address?: string;
	procedure?: string;
	code?: ErrorCode;
	outcome?: string;
	connections?: number;
	host?: string;
	port?: number;
	bytes?: number;
	/** The digest of the pages and files that go out. */
	build?: string;
	/** What the browser says about the page that asks, shortened. */
	origin?: string;
	/** About the server's own settings and files. */
	problem?: string;
	/** The setting that fixes it. */
	setting?: string;
	/** Logged as its kind and its stack, without its message, which may quote what was sent. */
	cause?: unknown;
}

export interface Log {
	info(event: string, fields?: LogFields): void;
	warn(event: string, fields?: LogFields): void;
	error(event: string, fields?: LogFields): void;
	debug(event: string, fields?: LogFields): void;
}

/** With `salt`, nobody can look up digests of room names in a list. */
export function createLog(level: LogLevel, salt: string, destination?: DestinationStream): Log {
	const logger = pino({ level, base: null }, destination ?? pino.destination(1));
	const write = (at: 'info' | 'warn' | 'error' | 'debug') => {
		return (event: string, { room, cause, ...fields }: LogFields = {}) => {
			if (!logger.isLevelEnabled(at)) return;
			logger[at](
				{
					...fields,
					...(room === undefined ? {} : { room: digest(salt, room) }),
					...(cause === undefined ? {} : { cause: describe(cause) }),
				},
				event,
			);
		};
	};
	return { info: write('info'), warn: write('warn'), error: write('error'), debug: write('debug') };
}

function digest(salt: string, room: string): string {
	return createHash('sha256').update(`room.${salt}.${room}`).digest('base64url').slice(0, 10);
}

function describe(cause: unknown) {
	if (!(cause instanceof Error)) return { kind: typeof cause };
	const places = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	const code = (cause as NodeJS.ErrnoException).code;
	return { kind: cause.name, ...(code === undefined ? {} : { code }), places: places.slice(0, 8) };
}
