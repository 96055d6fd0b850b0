import { createScale, type Scale } from './scale';

/** Room around the places, so that marks on the rim are whole. */
const MARGIN = 16;
/** Height over width, at least and at most: a line of places still gets a drawing, and it fits a screen. */
const FLATTEST = 0.5;
const STEEPEST = 1;

export interface PlaneLayout {
	height: number;
	left: number;
	right: number;
	top: number;
	bottom: number;
	x: Scale;
	y: Scale;
}

/**
 * Places the plane so that a unit is as long upwards as sideways. The extents are widened, evenly at both ends,
 * where the drawing has more room than they need; y points up.
 */
export function layOutPlane(
	x: readonly [number, number],
	y: readonly [number, number],
	width: number
): PlaneLayout {
	const [spanX, spanY] = [x, y].map(([low, high]) => Math.max(0, high - low));
	const shape = spanX > 0 ? spanY / spanX : spanY > 0 ? Infinity : STEEPEST;
	const inner = width - 2 * MARGIN;
	const innerHeight = inner * Math.min(STEEPEST, Math.max(FLATTEST, shape));
	const perUnit = Math.min(
		spanX > 0 ? inner / spanX : Infinity,
		spanY > 0 ? innerHeight / spanY : Infinity
	);
	const around = ([low, high]: readonly [number, number], room: number): [number, number] => {
		const half = Number.isFinite(perUnit) ? room / perUnit / 2 : 0.5;
		const middle = (low + high) / 2;
		return [middle - half, middle + half];
	};
	const [left, right, top, bottom] = [MARGIN, width - MARGIN, MARGIN, MARGIN + innerHeight];
	return {
		height: innerHeight + 2 * MARGIN,
		left,
		right,
		top,
		bottom,
		x: createScale({ label: 'x', domain: around(x, inner) }, left, right),
		y: createScale({ label: 'y', domain: around(y, innerHeight) }, bottom, top)
	};
}
