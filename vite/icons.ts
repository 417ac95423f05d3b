/**
 * The icons of the installed app, drawn from `static/icon.svg` by the assets generator: while building, and on demand in development. No
 * generated picture is kept in the repository.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateMaskableAsset, generateTransparentAsset } from '@vite-pwa/assets-generator/api';
import type { Plugin } from 'vite';

const source = 'static/icon.svg';
/** The colour of the icon's own background, so that the padding around it does not show as a frame. */
const ground = '#0f6b5c';

interface Icon {
	/** Edge in pixels. */
	size: number;
	purpose: 'any' | 'maskable' | 'monochrome';
}

/** By path, relative to the origin. The manifest and `app.html` name them. */
const icons: Record<string, Icon> = {
	'icons/192.png': { size: 192, purpose: 'any' },
	'icons/512.png': { size: 512, purpose: 'any' },
	// iOS rounds the corners itself and fills transparent areas with black.
	'icons/apple-touch.png': { size: 180, purpose: 'maskable' },
	'icons/maskable-192.png': { size: 192, purpose: 'maskable' },
	'icons/maskable-512.png': { size: 512, purpose: 'maskable' },
	'icons/monochrome-512.png': { size: 512, purpose: 'monochrome' },
};

async function draw(svg: Buffer, { size, purpose }: Icon): Promise<Buffer> {
	const edge = { original: size, width: size, height: size };
	const options = { outputOptions: { compressionLevel: 9, palette: true } };
	// W3C manifest, "maskable": what matters must lie in the middle circle of 80 %. A padding of 12 % in all, 6 % on each side, puts it there.
	const roomy = { ...options, padding: 0.12, resizeOptions: { background: ground } };
	const drawing =
		purpose === 'maskable'
			? generateMaskableAsset('png', svg, edge, roomy)
			: generateTransparentAsset('png', purpose === 'any' ? svg : silhouette(svg), edge, {
					...options,
					padding: 0,
				});
	return (await drawing).toBuffer();
}

/** Opaque where the icon is light, transparent where its background shows: only the alpha of a monochrome icon counts. */
function silhouette(svg: Buffer): Buffer {
	const inner = svg.toString().replace(/^\s*<svg[^>]*>|<\/svg>\s*$/g, '');
	const red = Number.parseInt(ground.slice(1, 3), 16) / 255;
	const gain = 1 / (1 - red);
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><filter id="light" color-interpolation-filters="sRGB">` +
			`<feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  ${gain} 0 0 0 ${-red * gain}"/></filter>` +
			`<g filter="url(#light)">${inner}</g></svg>`,
	);
}

export function appIcons(): Plugin {
	let root = '';
	let forBrowsers = true;
	const drawFrom = (icon: Icon) => draw(readFileSync(join(root, source)), icon);

	return {
		name: 'parley-icons',
		configResolved(config) {
			root = config.root;
			forBrowsers = !config.build.ssr;
		},
		async generateBundle() {
			if (!forBrowsers) return;
			for (const [fileName, icon] of Object.entries(icons)) {
				this.emitFile({ type: 'asset', fileName, source: await drawFrom(icon) });
			}
		},
		configureServer(vite) {
			vite.middlewares.use((request, response, next) => {
				const icon = icons[(request.url ?? '').slice(1)];
				if (!icon) return next();
				drawFrom(icon).then((picture) => response.setHeader('Content-Type', 'image/png').end(picture), next);
			});
		},
	};
}
