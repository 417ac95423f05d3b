import { describe, expect, it } from 'vitest';
import { layoutCall, pictureSize, type Rect, type Size } from './layout';

const containers: Record<string, Size> = {
	'a small phone': { width: 320, height: 480 },
	'a phone': { width: 360, height: 600 },
	'a phone on its side': { width: 628, height: 344 },
	'a tablet': { width: 768, height: 880 },
	'a laptop': { width: 1424, height: 790 },
	'a wide screen': { width: 2544, height: 1000 },
};

function inside(rect: Rect, container: Size): boolean {
	return (
		rect.x >= 0 &&
		rect.y >= 0 &&
		rect.x + rect.width <= container.width + 0.5 &&
		rect.y + rect.height <= container.height + 0.5
	);
}

function overlap(a: Rect, b: Rect): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function pairs<T>(items: T[]): [T, T][] {
	return items.flatMap((a, index) => items.slice(index + 1).map((b): [T, T] => [a, b]));
}

describe.each(Object.entries(containers))('on %s', (_name, container) => {
	it('keeps one to twelve people inside the container, apart from each other and large enough to see', () => {
		for (let people = 1; people <= 12; people++) {
			const layout = layoutCall({ container, people, screens: 0 });
			expect(layout.people).toHaveLength(people);
			for (const rect of layout.people) {
				expect(inside(rect, container)).toBe(true);
				expect(Math.min(rect.width, rect.height)).toBeGreaterThan(80);
			}
			if (layout.mode === 'grid') {
				expect(pairs(layout.people).filter(([a, b]) => overlap(a, b))).toEqual([]);
			}
		}
	});

	it('gives shared screens more room than anybody, and overlaps nothing', () => {
		for (let people = 1; people <= 12; people++) {
			const layout = layoutCall({ container, people, screens: 1 });
			const all = [...layout.screens, ...layout.people];
			expect(layout.mode).toBe('stage');
			expect(all.every((rect) => inside(rect, container))).toBe(true);
			expect(pairs(all).filter(([a, b]) => overlap(a, b))).toEqual([]);
			const screen = layout.screens[0] as Rect;
			for (const rect of layout.people) {
				expect(screen.width * screen.height).toBeGreaterThan(rect.width * rect.height);
			}
		}
	});

	it('uses at least two fifths of the container for two people and more', () => {
		for (let people = 2; people <= 12; people++) {
			const { people: rects } = layoutCall({ container, people, screens: 0 });
			const used = rects.reduce((sum, rect) => sum + rect.width * rect.height, 0);
			expect(used).toBeGreaterThan(0.4 * container.width * container.height);
		}
	});
});

describe('the shape of the grid', () => {
	const columns = (container: Size | undefined, people: number) =>
		layoutCall({ container: container as Size, people, screens: 0 }).columns;

	it('stacks three people on an upright phone and puts four in a square', () => {
		expect(columns(containers['a phone'], 3)).toBe(1);
		expect(columns(containers['a phone'], 4)).toBe(2);
	});

	it('puts two people side by side on a laptop, and twelve in three rows of four', () => {
		expect(columns(containers['a laptop'], 2)).toBe(2);
		expect(columns(containers['a laptop'], 12)).toBe(4);
	});

	it('centres a short last row', () => {
		const container = { width: 1424, height: 790 };
		const { people } = layoutCall({ container, people: 3, screens: 0 });
		const last = people[2] as Rect;
		expect(Math.abs(last.x + last.width / 2 - container.width / 2)).toBeLessThanOrEqual(1);
	});
});

describe('two people on a phone', () => {
	it('gives the other the whole container and floats oneself over a corner', () => {
		const container = { width: 360, height: 600 };
		const layout = layoutCall({ container, people: 2, screens: 0 });
		expect(layout.mode).toBe('float');
		expect(layout.people[1]).toEqual({ x: 0, y: 0, ...container });
		expect(layout.people[0]?.width).toBeLessThan(130);
	});
});

describe('a picture', () => {
	it('fills its tile where the shapes are alike', () => {
		const tile = { width: 400, height: 300 };
		expect(pictureSize(tile, 16 / 9)).toEqual(tile);
		expect(pictureSize(tile, 1)).toEqual(tile);
	});

	it('leaves a margin rather than show only a slice of an upright picture in a wide tile', () => {
		const { width, height } = pictureSize({ width: 640, height: 360 }, 9 / 16);
		expect(height).toBe(360);
		expect(width).toBeGreaterThan(300);
		expect(width).toBeLessThan(400);
	});

	it('does the same for a wide picture on an upright phone', () => {
		const { width, height } = pictureSize({ width: 344, height: 610 }, 16 / 9);
		expect(width).toBe(344);
		expect(height).toBeGreaterThan(430);
		expect(height).toBeLessThan(500);
	});
});

describe('stability', () => {
	it('moves nobody when the container changes by a few pixels', () => {
		for (let people = 3; people <= 12; people++) {
			let previousColumns: number | undefined;
			const seen = new Set<number>();
			for (const delta of [0, 6, -6, 10, -10]) {
				const container = { width: 900 + delta, height: 880 - delta };
				previousColumns = layoutCall({ container, people, screens: 0, previousColumns }).columns;
				seen.add(previousColumns);
			}
			expect(seen.size).toBe(1);
		}
	});

	it('gives way when another number of columns is clearly better', () => {
		const container = { width: 360, height: 600 };
		expect(layoutCall({ container, people: 4, screens: 0, previousColumns: 4 }).columns).toBe(2);
	});

	it('answers with empty rectangles before the container has a size', () => {
		const layout = layoutCall({ container: { width: 0, height: 0 }, people: 2, screens: 1 });
		expect(layout.people).toHaveLength(2);
		expect(layout.screens[0]).toEqual({ x: 0, y: 0, width: 0, height: 0 });
	});
});
