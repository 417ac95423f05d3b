import { expect, it } from 'vitest';
import { ConfigError } from './config';
import { listenProblem } from './listen-problem';

const mayHost = 'it may be a name or address of this machine, or :: for all it has';

it.each([
	[
		'listen',
		'EADDRINUSE',
		'PORT is 3000, which another program listens on; it may be any free one, or 0 to take one that is',
	],
	['listen', 'EACCES', 'PORT is 3000, which this user may not listen on (EACCES); most may from 1024 on'],
	[
		'listen',
		'EADDRNOTAVAIL',
		`HOST is "calls.local", which is no address of this machine (EADDRNOTAVAIL); ${mayHost}`,
	],
	[
		'listen',
		'EAFNOSUPPORT',
		'HOST is "calls.local" and PORT is 3000, which can\'t be listened on (EAFNOSUPPORT)',
	],
	['getaddrinfo', 'ENOTFOUND', `HOST is "calls.local", which can't be resolved (ENOTFOUND); ${mayHost}`],
	['getaddrinfo', 'EAI_AGAIN', `HOST is "calls.local", which can't be resolved (EAI_AGAIN); ${mayHost}`],
])('says in one line why it can not listen: %s %s', (syscall, code, problem) => {
	const cause = Object.assign(new Error(`${syscall} ${code}`), { syscall, code });
	expect(listenProblem(cause, { host: 'calls.local', port: 3000 })).toEqual(new ConfigError(problem));
});

it('leaves other errors as they are', () => {
	const cause = Object.assign(new Error('EACCES: permission denied'), { syscall: 'open', code: 'EACCES' });
	expect(listenProblem(cause, { host: 'calls.local', port: 3000 })).toBe(cause);
});
