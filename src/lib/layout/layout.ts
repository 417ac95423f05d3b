/**
 * Where each tile goes: container and head count in, rectangles out, all in CSS pixels. Knows nothing of the DOM, of
 * people or of video; the component that draws tiles moves them to these rectangles.
 */
export interface Size {
	width: number;
	height: number;
}

export interface Rect extends Size {
	x: number;
	y: number;
}

/**
 * `grid`: equal tiles. `float`: one person fills the container, and the person's own tile floats over a corner. `stage`: shared screens are
 * large, and people are in a strip beside or below.
 */
export type LayoutMode = 'grid' | 'float' | 'stage';

export interface CallLayout {
	mode: LayoutMode;
	/** Of the grid or the strip. Pass it as `previousColumns` next time. */
	columns: number;
	/** The person themselves first, then the others in the order in which they joined, so that a newcomer changes nobody's place in the order. */
	people: Rect[];
	screens: Rect[];
}

interface Shape {
	/** Bounds of width ÷ height. The remaining space stays empty. */
	minAspect: number;
	maxAspect: number;
	/** The aspect of a typical picture: tiles close to it crop least. */
	idealAspect: number;
}

const gap = 8;
/** If the short side of a container is below this, it is a phone's, or a window made small. */
const compactBelow = 520;
/** A different number of columns must be this much better before anybody's tile moves to another row. */
const worthMoving = 1.08;
/**
 * How far a picture may be enlarged compared with showing all of it. A wide one loses its sides, where there is mostly wall; an upright one would
 * lose foreheads.
 */
const wideCropMax = 2.4;
const uprightCropMax = 1.8;

/** Rectangles for `people` (the person themselves included) and `screens` in a container. */
export function layoutCall(input: {
	container: Size;
	people: number;
	screens: number;
	previousColumns?: number | undefined;
}): CallLayout {
	const { container, people, screens, previousColumns } = input;
	const whole: Rect = { x: 0, y: 0, ...container };
	if (container.width <= 0 || container.height <= 0) {
		const nothing = { x: 0, y: 0, width: 0, height: 0 };
		return {
			mode: 'grid',
			columns: 1,
			people: Array(people).fill(nothing),
			screens: Array(screens).fill(nothing),
		};
	}
	if (screens > 0) return layoutStage(container, people, screens, previousColumns);

	const compact = Math.min(container.width, container.height) < compactBelow;
	if (people === 2 && compact) {
		return { mode: 'float', columns: 1, people: [floatingRect(container), whole], screens: [] };
	}
	if (people === 1 && compact) return { mode: 'grid', columns: 1, people: [whole], screens: [] };
	const aspect = container.width / container.height;
	const shape = {
		minAspect: clamp(aspect * 0.62, 0.75, 1.2),
		maxAspect: 16 / 9,
		idealAspect: clamp(aspect, 1, 1.5),
	};
	return { mode: 'grid', screens: [], ...rename(layoutGrid(whole, people, shape, previousColumns)) };
}

function layoutStage(
	container: Size,
	people: number,
	screens: number,
	previousColumns: number | undefined,
): CallLayout {
	const { width, height } = container;
	const anyShape = { minAspect: 0.1, maxAspect: 10, idealAspect: 16 / 9 };
	let stage: Rect;
	let strip: Rect;
	let stripShape: Shape;
	if (width > height * 1.1) {
		const stripWidth = Math.round(clamp(width * 0.2, 112, 280));
		stage = { x: 0, y: 0, width: width - stripWidth - gap, height };
		strip = { x: width - stripWidth, y: 0, width: stripWidth, height };
		stripShape = { minAspect: 1, maxAspect: 16 / 9, idealAspect: 1.5 };
	} else {
		const stageHeight = Math.round(Math.min(height - 112 - gap, Math.max(width * 0.625, height * 0.52)));
		stage = { x: 0, y: 0, width, height: Math.max(stageHeight, 0) };
		strip = { x: 0, y: stage.height + gap, width, height: Math.max(height - stage.height - gap, 0) };
		stripShape = { minAspect: 0.75, maxAspect: 16 / 9, idealAspect: 1 };
	}
	return {
		mode: 'stage',
		...rename(layoutGrid(strip, people, stripShape, previousColumns)),
		screens: layoutGrid(stage, screens, anyShape, undefined).rects,
	};
}

function rename({
	columns,
	rects,
}: {
	columns: number;
	rects: Rect[];
}): Pick<CallLayout, 'columns' | 'people'> {
	return { columns, people: rects };
}

/**
 * How large to draw a picture of this aspect (width ÷ height) in a tile. The picture is cropped to fill the returned size. That fills the tile,
 * unless too little of the picture would be left (an upright phone's in a wide tile): then it leaves a margin.
 */
export function pictureSize(tile: Size, aspect: number): Size {
	if (tile.width <= 0 || tile.height <= 0 || aspect <= 0) return tile;
	const tileAspect = tile.width / tile.height;
	const shown = clamp(tileAspect, aspect / wideCropMax, aspect * uprightCropMax);
	return shown > tileAspect
		? { width: tile.width, height: Math.round(tile.width / shown) }
		: { width: Math.round(tile.height * shown), height: tile.height };
}

/** Equal tiles, as large and as little cropped as the area allows; a short last row is centred. */
function layoutGrid(
	area: Rect,
	count: number,
	shape: Shape,
	previousColumns: number | undefined,
): { columns: number; rects: Rect[] } {
	if (count === 0) return { columns: 1, rects: [] };
	let best = { columns: 1, score: -1 };
	let previous = best;
	for (let columns = 1; columns <= count; columns++) {
		const candidate = { columns, score: score(tileSize(area, count, columns, shape), shape) };
		if (candidate.score > best.score) best = candidate;
		if (columns === previousColumns) previous = candidate;
	}
	const { columns } = previous.score * worthMoving >= best.score ? previous : best;
	return { columns, rects: place(area, count, columns, tileSize(area, count, columns, shape)) };
}

function tileSize(area: Size, count: number, columns: number, shape: Shape): Size {
	const rows = Math.ceil(count / columns);
	const width = Math.max((area.width - gap * (columns - 1)) / columns, 0);
	const height = Math.max((area.height - gap * (rows - 1)) / rows, 0);
	return {
		width: Math.floor(Math.min(width, height * shape.maxAspect)),
		height: Math.floor(Math.min(height, width / shape.minAspect)),
	};
}

/** Mostly the area of an uncropped picture of ideal shape, and a little how much of the area is used. */
function score(tile: Size, shape: Shape): number {
	const width = Math.min(tile.width, tile.height * shape.idealAspect);
	return 0.7 * ((width * width) / shape.idealAspect) + 0.3 * tile.width * tile.height;
}

function place(area: Rect, count: number, columns: number, tile: Size): Rect[] {
	const rows = Math.ceil(count / columns);
	const top = area.y + (area.height - rows * tile.height - (rows - 1) * gap) / 2;
	return Array.from({ length: count }, (_, index) => {
		const row = Math.floor(index / columns);
		const inRow = row === rows - 1 ? count - row * columns : columns;
		const left = area.x + (area.width - inRow * tile.width - (inRow - 1) * gap) / 2;
		return {
			x: Math.round(left + (index % columns) * (tile.width + gap)),
			y: Math.round(top + row * (tile.height + gap)),
			...tile,
		};
	});
}

/** Upright in an upright container and wide in a wide one, in the corner nearest the thumb. */
function floatingRect(container: Size): Rect {
	const margin = 12;
	const short = Math.round(clamp(Math.min(container.width, container.height) * 0.28, 84, 128));
	const long = Math.round((short * 4) / 3);
	const upright = container.height >= container.width;
	const width = upright ? short : long;
	const height = upright ? long : short;
	return { x: container.width - width - margin, y: container.height - height - margin, width, height };
}

function clamp(value: number, min: number, max: number): number {
	return Math.min(Math.max(value, min), max);
}
