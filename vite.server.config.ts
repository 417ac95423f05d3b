/** Bundles the server's own code to `build/server/main.js`. Packages stay in `node_modules`. */
import { defineConfig } from 'vite';

export default defineConfig({
	build: {
		ssr: 'src/server/main.ts',
		outDir: 'build/server',
		emptyOutDir: true,
		target: 'node20',
		sourcemap: true,
		rollupOptions: { output: { entryFileNames: 'main.js' } },
	},
	// `static/` and the rest of the page build are none of its business.
	publicDir: false,
	ssr: { external: true },
	logLevel: 'warn',
});
