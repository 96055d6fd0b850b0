import { brent } from '../core/brent';
import { scanRoots } from '../core/scanRoots';
import { logit, sigmoid } from '../core/sigmoid';
import {
	checkSuccessMap,
	SUCCESS_MAP_EPSILON,
	successMapLogit,
	successMapLogitSlope,
	type SuccessMapParams
} from './successMap';

export interface FixedPoint {
	logit: number;
	rate: number;
	/** 1 − rate, where rate rounds to 1. */
	failure: number;
	/** Each step multiplies a small distance to the fixed point by this: h'(p*). */
	slope: number;
	/** |slope| < 1: near orbits approach. */
	stable: boolean;
}

export interface FixedPointParams extends SuccessMapParams {
	/** Weight of a further KL penalty to the previous policy: it damps the slope. Default 0. */
	alpha?: number;
}

/** Points at which to look for slope 1. The slope rises to one peak above p = 1/2 and falls again. */
const SCAN = 400;

/** Logits beyond which the map is flat (ε > 0) or above the diagonal (ε = 0). */
function scanEnd(params: SuccessMapParams): number {
	const { pRef, beta, epsilon = SUCCESS_MAP_EPSILON } = params;
	const low = Math.max(0, logit(pRef));
	if (epsilon > 0) {
		return low + 4 * Math.max(0, -Math.log(epsilon)) + 2 * Math.max(0, -Math.log(2 * beta)) + 8;
	}
	let end = low + 2 * Math.asinh(beta) + 1;
	while (successMapLogit(end, params) <= end) end += 1;
	return end;
}

/**
 * All fixed points p* = h(p*) of the success map, lowest first, with the slope there:
 *
 *     logit p* = logit p_ref + Ω(p*)/β
 *
 * All lie above p_ref. With small ε there are one or three (Ω is a cup between two plateaus): where
 * three, the lowest is the paper's, the middle one repels, and the highest, exponentially near 1
 * (logit ≈ 1/(β sqrt ε)), attracts; where one, it may be either. With ε = 0 the highest is 1 itself,
 * returned with logit Infinity. A stable one need not be where the orbit from p_ref ends: see
 * orbitLimit.
 *
 * With alpha > 0 (two-kl) the points are the same and the slope is (α + β h')/(α + β).
 *
 * How: the distance of map and diagonal is monotone between the points where the map has slope 1, so
 * these are found first, by scan, and then one root by Brent's method in each piece that changes its
 * sign. Two roots that nearly touch are thus both found.
 * Paper: Mroueh, arXiv 2503.06639 (the fixed point and p* > p_ref; slopes derived).
 * Cost: some 500 evaluations, about 0.1 ms. Throws RangeError for pRef not in (0, 1) and as successMap.
 * Worked value: pRef = 0.2, beta = 2: 0.408728 with slope −0.0928, and two above.
 */
export function fixedPoints(params: FixedPointParams): FixedPoint[] {
	checkSuccessMap('fixedPoints', params);
	const { pRef, beta, epsilon = SUCCESS_MAP_EPSILON, alpha = 0 } = params;
	if (pRef === 0 || pRef === 1) {
		throw new RangeError(`fixedPoints: pRef must be in (0, 1), got ${pRef}`);
	}
	if (!(alpha >= 0 && alpha < Infinity)) {
		throw new RangeError(`fixedPoints: alpha must be finite and ≥ 0, got ${alpha}`);
	}
	const above = (t: number) => successMapLogit(t, params) - t;
	const reference = logit(pRef);
	const start = Math.max(0, reference);
	const end = scanEnd(params);
	const grid = Float64Array.from(
		{ length: SCAN + 1 },
		(_, i) => start + ((end - start) * i) / SCAN
	);
	const turns = scanRoots((t) => successMapLogitSlope(t, params) - 1, grid);
	const highest = epsilon > 0 ? successMapLogit(Infinity, params) : end;
	const pieces = [reference, ...turns.filter((t) => t > reference && t < highest), highest];

	const roots: number[] = [];
	for (let i = 1; i < pieces.length; i++) {
		const [low, high] = [above(pieces[i - 1]), above(pieces[i])];
		if (high === 0) roots.push(pieces[i]);
		else if (low * high < 0) roots.push(brent(above, pieces[i - 1], pieces[i]));
	}
	const points = roots.map((at) => {
		const slope = (alpha + beta * successMapLogitSlope(at, params)) / (alpha + beta);
		return {
			logit: at,
			rate: sigmoid(at),
			failure: sigmoid(-at),
			slope,
			stable: Math.abs(slope) < 1
		};
	});
	if (epsilon === 0) {
		points.push({ logit: Infinity, rate: 1, failure: 0, slope: 0, stable: true });
	}
	return points;
}
