/**
 * Settings, read from the environment here and nowhere else. Each has a default that works on one machine. A bad value is
 * reported in one line: which variable, what it held, what it may hold.
 */
import * as v from 'valibot';
import { limits } from '../lib/protocol';
import { isStunUrl, isTurnUrl } from './ice-url';
import { parseNetwork, type IpNetwork } from './ip-address';
import { logLevels, type LogLevel } from './log';
import type { MetricsSettings } from './metrics-access';

/** Takes IPv4 as well, unless the system's administrator has turned that off. */
export const everyAddress = '::';

export interface Config {
	host: string;
	/** 0 takes any free one. */
	port: number;
	/** The public address, as browsers send it in `Origin`; `null` to go by the `Host` header. */
	origin: string | null;
	/** Proxies that are believed about a client's address, besides those on this machine. */
	trustedProxies: IpNetwork[];
	metrics: MetricsSettings;
	/** Paths of PEM files; `null` for plain HTTP. */
	tls: { certificateFile: string; keyFile: string } | null;
	/** `null`: generated once and kept in `dataDirectory`. */
	secret: string | null;
	dataDirectory: string;
	stunUrls: string[];
	turn: { urls: string[]; secret: string } | null;
	/** Seats in a room. */
	roomLimit: number;
	logLevel: LogLevel;
}

export class ConfigError extends Error {
	override name = 'ConfigError';
}

/** Variables whose values must not be printed to a terminal. */
const secrets = new Set(['SECRET', 'TURN_SECRET', 'METRICS_TOKEN']);

const wholeNumber = (min: number, max: number) => ({
	may: `a whole number from ${min} to ${max}`,
	schema: v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number), v.minValue(min), v.maxValue(max)),
});

const urls = (like: string, isUrl: (text: string) => boolean) => ({
	may: `up to 8 addresses like ${like}, separated by commas`,
	schema: v.pipe(
		v.string(),
		v.transform((text) => text.split(',').map((url) => url.trim())),
		v.array(v.pipe(v.string(), v.check(isUrl))),
		v.maxLength(8),
	),
});

/** For `SECRET` and its like, and for the one that is generated. */
export const secretLengthMin = 16;
const secretText = {
	may: `${secretLengthMin} characters or more`,
	schema: v.pipe(v.string(), v.minLength(secretLengthMin)),
};
const host = {
	may: 'a host name or address to listen on',
	schema: v.pipe(v.string(), v.regex(/^[A-Za-z0-9.:_-]+$/)),
};
const filePath = { may: 'the path of a PEM file', schema: v.pipe(v.string(), v.maxLength(4_096)) };

const variables = {
	HOST: host,
	PORT: wholeNumber(0, 65_535),
	ORIGIN: {
		may: 'an origin like https://meet.example.org, without a path',
		schema: v.pipe(
			v.string(),
			v.check((text) => URL.canParse(text) && new URL(text).origin === text.replace(/\/$/, '')),
			v.regex(/^https?:/),
			v.transform((text) => text.replace(/\/$/, '')),
		),
	},
	TRUSTED_PROXIES: {
		may: 'up to 256 addresses or networks like 10.0.0.2 or 2001:db8::/32, separated by commas',
		schema: v.pipe(
			v.string(),
			v.transform((text) => text.split(',').map((network) => parseNetwork(network.trim()))),
			v.array(v.custom<IpNetwork>((network) => network !== null)),
			v.maxLength(256),
		),
	},
	METRICS_TOKEN: {
		may: `${secretLengthMin} or more of A-Z a-z 0-9 - . _ ~ + / =`,
		schema: v.pipe(v.string(), v.regex(/^[\w.~+/=-]+$/), v.minLength(secretLengthMin)),
	},
	METRICS_HOST: host,
	METRICS_PORT: wholeNumber(1, 65_535),
	TLS_CERT: filePath,
	TLS_KEY: filePath,
	SECRET: secretText,
	REDIS_URL: {
		may: 'nothing yet: rooms are kept in memory, on one node',
		schema: v.pipe(
			v.string(),
			v.check(() => false),
		),
	},
	STUN_URLS: urls('stun:host:port or stuns:host:port', isStunUrl),
	TURN_URLS: urls('turn:host:port?transport=udp or turns:host:port?transport=tcp', isTurnUrl),
	TURN_SECRET: secretText,
	MESH_LIMIT: wholeNumber(2, limits.roomLimitMax),
	ROOM_LIMIT: wholeNumber(2, limits.roomLimitMax),
	LOG_LEVEL: { may: `one of ${logLevels.join(', ')}`, schema: v.picklist(logLevels) },
};
type Variables = typeof variables;
type Values = { [name in keyof Variables]?: v.InferOutput<Variables[name]['schema']> };

/** Reads the settings. Throws a `ConfigError` whose message is the one line to show. An empty value counts as not set. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
	const values: Values = {};
	for (const name of Object.keys(variables) as (keyof Variables)[]) {
		const text = environment[name]?.trim();
		if (text !== undefined && text !== '') read(name, text, values);
	}
	const pair = (a: keyof Variables, b: keyof Variables, why: string) => {
		if (values[a] !== undefined && values[b] === undefined) {
			throw new ConfigError(`${b} is not set, but ${a} is: ${why}`);
		}
	};
	pair('TLS_CERT', 'TLS_KEY', 'HTTPS needs both the certificate and its key');
	pair('TLS_KEY', 'TLS_CERT', 'HTTPS needs both the certificate and its key');
	pair(
		'METRICS_HOST',
		'METRICS_PORT',
		'metrics are served beside the pages unless they have a port of their own',
	);
	pair('TURN_URLS', 'TURN_SECRET', 'short-lived TURN credentials are made with it');
	pair('TURN_SECRET', 'TURN_URLS', 'it is of no use without the servers it is for');

	const roomLimit = values.ROOM_LIMIT ?? limits.roomLimitDefault;
	return {
		host: values.HOST ?? everyAddress,
		port: values.PORT ?? 3000,
		origin: values.ORIGIN ?? null,
		trustedProxies: values.TRUSTED_PROXIES ?? [],
		metrics: {
			token: values.METRICS_TOKEN ?? null,
			listener:
				values.METRICS_PORT === undefined
					? null
					: { host: values.METRICS_HOST ?? '127.0.0.1', port: values.METRICS_PORT },
		},
		tls:
			values.TLS_CERT !== undefined && values.TLS_KEY !== undefined
				? { certificateFile: values.TLS_CERT, keyFile: values.TLS_KEY }
				: null,
		secret: values.SECRET ?? null,
		dataDirectory: 'data',
		stunUrls: values.STUN_URLS ?? [],
		turn:
			values.TURN_URLS !== undefined && values.TURN_SECRET !== undefined
				? { urls: values.TURN_URLS, secret: values.TURN_SECRET }
				: null,
		// In a mesh everyone sends to everyone. As long as it is the only transport, it bounds the size of a room.
		roomLimit: Math.min(roomLimit, values.MESH_LIMIT ?? roomLimit),
		logLevel: values.LOG_LEVEL ?? 'warn',
	};
}

function read<Name extends keyof Variables>(name: Name, text: string, values: Values): void {
	const { schema, may } = variables[name];
	const result = v.safeParse(schema, text);
	if (!result.success) {
		const held = secrets.has(name) ? `${text.length} characters` : JSON.stringify(shown(text));
		throw new ConfigError(`${name} holds ${held}, but may hold ${may}`);
	}
	values[name] = result.output as Values[Name];
}

/** Passwords inside addresses must not be printed either. */
function shown(text: string): string {
	return text.replace(/\/\/[^/@\s]*@/, '//…@').slice(0, 80);
}
