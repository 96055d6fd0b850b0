/** How a TSPLIB file turns coordinates into distances, and `REAL`: the plane's own distance. */
export const DISTANCE_RULES = ['EUC_2D', 'CEIL_2D', 'ATT', 'GEO', 'REAL'] as const;
export type DistanceRule = (typeof DISTANCE_RULES)[number];

/** TSPLIB's own constants; a better π or radius would give other integers. */
const PI = 3.141592;
const EARTH_RADIUS = 6378.388;

const nint = (x: number) => Math.floor(x + 0.5);

/** Degrees and minutes, written DDD.MM, in radians. */
function radians(coordinate: number): number {
	const degrees = Math.trunc(coordinate);
	return (PI * (degrees + (5 * (coordinate - degrees)) / 3)) / 180;
}

function geographic(ax: number, ay: number, bx: number, by: number): number {
	const q1 = Math.cos(radians(ay) - radians(by));
	const q2 = Math.cos(radians(ax) - radians(bx));
	const q3 = Math.cos(radians(ax) + radians(bx));
	return Math.trunc(EARTH_RADIUS * Math.acos(0.5 * ((1 + q1) * q2 - (1 - q1) * q3)) + 1);
}

/**
 * The distance between two cities by a rule of TSPLIB 95 (Reinelt 1991), with r the plane's distance:
 *
 *     EUC_2D   nint(r)
 *     CEIL_2D  ⌈r⌉
 *     ATT      nint(r/√10), raised by 1 where that is below r/√10
 *     GEO      ⌊R·arccos(½((1+q₁)q₂ − (1−q₁)q₃)) + 1⌋, x a latitude and y a longitude in DDD.MM
 *     REAL     r, not rounded
 *
 * with nint(x) = ⌊x + ½⌋, π = 3.141592 and R = 6378.388 km. TSPLIB's text asks for the nearest degree
 * in GEO, but its published optima hold for the whole degrees cut off, as here and in Concorde. By the
 * rule a city lies 1 km from itself; matrices have 0 on the diagonal.
 *
 * Cost: O(1). Worked values: EUC_2D of (0, 0) and (1, 1) is 1, CEIL_2D 2; ATT of (0, 0) and (10, 0) is 4.
 */
export function tsplibDistance(
	rule: DistanceRule,
	ax: number,
	ay: number,
	bx: number,
	by: number
): number {
	if (rule === 'GEO') return geographic(ax, ay, bx, by);
	const [dx, dy] = [ax - bx, ay - by];
	const square = dx * dx + dy * dy;
	switch (rule) {
		case 'EUC_2D':
			return nint(Math.sqrt(square));
		case 'CEIL_2D':
			return Math.ceil(Math.sqrt(square));
		case 'ATT': {
			const exact = Math.sqrt(square / 10);
			const near = nint(exact);
			return near < exact ? near + 1 : near;
		}
		case 'REAL':
			return Math.sqrt(square);
	}
}
