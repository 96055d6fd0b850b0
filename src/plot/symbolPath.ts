import { round } from './linePath';
import type { Marker } from './roles';

/** Corners of each shape around its centre, scaled so that all look about as large as the circle. */
const corners: Record<Exclude<Marker, 'circle'>, readonly (readonly [number, number])[]> = {
	square: [
		[-0.88, -0.88],
		[0.88, -0.88],
		[0.88, 0.88],
		[-0.88, 0.88]
	],
	diamond: [
		[0, -1.25],
		[1.25, 0],
		[0, 1.25],
		[-1.25, 0]
	],
	triangle: [
		[0, -1.2],
		[1.16, 0.85],
		[-1.16, 0.85]
	],
	triangleDown: [
		[0, 1.2],
		[-1.16, -0.85],
		[1.16, -0.85]
	]
};

/** The `d` of one marker with its centre at (x, y) and the size of a circle of this radius. */
export function symbolPath(marker: Marker, x: number, y: number, radius: number): string {
	if (marker === 'circle') {
		const turn = `a${radius},${radius} 0 1,0 `;
		return `M${round(x - radius)},${round(y)}${turn}${2 * radius},0${turn}${-2 * radius},0Z`;
	}
	const points = corners[marker].map(
		([dx, dy]) => `${round(x + dx * radius)},${round(y + dy * radius)}`
	);
	return `M${points.join('L')}Z`;
}
