import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { physicalPlaces } from './logical-css.js';

const root = resolve(import.meta.dirname, '..');

describe('styles', () => {
	it('name the sides that text begins and ends at, not left and right', async () => {
		const files = await glob('{src,tests/gallery}/**/*.{svelte,css}', { cwd: root });
		expect(files.length).toBeGreaterThan(50);
		const places = [];
		for (const file of files)
			places.push(...physicalPlaces(await readFile(resolve(root, file), 'utf8'), file));
		expect(places).toEqual([]);
	});

	it.each([
		'left: 0',
		'margin-right: 1px',
		'border-left-color: red',
		'border-top-left-radius: 4px',
		'padding: 0 1px 0 2px',
		'margin: 0 max(1px, var(--a)) 0 max(2px, var(--a))',
		'inset: auto 0 0 auto',
		'border-radius: 4px 0 0 4px',
		'text-align: left',
		'float: right',
		'translate: 24px 0',
		'translate: calc(-1 * var(--x)) 0',
		'transform: translateX(-50%)',
		'transform: scale(0.9) translate(calc(1px + 2px), 0)',
		'transform-origin: top right',
		'padding-inline-start: env(safe-area-inset-left)',
		'background: linear-gradient(to right, red, blue)',
	])('may not say "%s"', (declaration) => {
		expect(physicalPlaces(`a {\n\t${declaration};\n}`, 'a.css')).toEqual([`a.css:2: ${declaration}`]);
		expect(physicalPlaces(`<p>a</p>\n<style>\n\tp { ${declaration}; }\n</style>`, 'A.svelte')).toHaveLength(
			1,
		);
	});

	it.each([
		'inset-inline-start: 0',
		'padding: 0 1px 2px',
		'padding: 1px 2px 3px 2px',
		'margin: 0 max(1px, var(--a)) 0 max(1px, var(--a))',
		'border-radius: 4px 4px 0 0',
		'border-start-start-radius: 4px',
		'text-align: start',
		'translate: 0 8px',
		'translate: calc(24px * var(--forward)) 0',
		'transform: scale(0.9)',
		'transform: none',
	])('may say "%s"', (declaration) => {
		expect(physicalPlaces(`a { ${declaration}; }`, 'a.css')).toEqual([]);
	});

	it('may mean a side where a comment says why', () => {
		expect(physicalPlaces('a { /* Physical: a pointer is there. */ left: 0; }', 'a.css')).toEqual([]);
		expect(physicalPlaces('a { /* Why not. */ left: 0; }', 'a.css')).toHaveLength(1);
	});

	it('are looked at in markup too', () => {
		const source = '<p style:left="{x}px" style:top="0" style:transform="translate({x}px, 0)">a</p>';
		expect(physicalPlaces(source, 'A.svelte')).toHaveLength(2);
	});
});
