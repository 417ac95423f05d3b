/** The signaling server under Vite: the same `attach`, with the settings of the environment. Started by `vite.config.ts`. */
import type { Server } from 'node:http';
import { attach, type Attached } from './attach';
import { readDevelopmentConfig } from './development-config';
import { createLog } from './log';
import { loadSecret } from './secret';
import { securityHeaders } from './security-headers';

export function attachForDevelopment(server: Server): Attached {
	const config = readDevelopmentConfig(process.env);
	const secret = loadSecret(config.secret, config.dataDirectory);
	const log = createLog(config.logLevel, secret);
	// Vite takes upgrades too, for hot reloading.
	const attached = attach(server, { config, secret, log, tunables: { stopMs: 200 }, ownsUpgrades: false });
	const headersFor = securityHeaders({ secure: false });
	return {
		...attached,
		handle(request, response) {
			for (const [name, value] of headersFor(request)) {
				// Vite adds its own scripts and styles to what it serves. Pages carry SvelteKit's policy for development.
				if (name !== 'Content-Security-Policy') response.setHeader(name, value);
			}
			return attached.handle(request, response);
		},
	};
}
