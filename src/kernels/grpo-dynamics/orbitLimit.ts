import { logit, sigmoid } from '../core/sigmoid';
import { successStep, type SuccessVariant, type SuccessVariantParams } from './successVariants';

export interface OrbitLimit {
	/** 1: it settles; 2 … 8: it repeats that many rates; null: none of this within maxSteps. */
	period: number | null;
	/** The logits that it visits in the end, in order; the last one reached if the period is null. */
	logits: number[];
	rates: number[];
	failures: number[];
	/** Steps until it repeated itself to 12 digits. */
	steps: number;
}

const LONGEST_PERIOD = 8;
/** Logits this near, relative to 1 + |logit|, count as the same. */
const SAME = 1e-12;
/** A cycle's points are further apart; nearer ones are a fixed point slowly approached. */
const APART = 1e-6;

/**
 * Where the success rate goes when a variant of exactly maximised GRPO is repeated without end: to a
 * fixed point (period 1) or around a cycle. "The fixed point exceeds the reference" does not say that
 * the orbit gets there: for small p_ref the map falls steeply at p* and the orbit can jump between two
 * rates, or leap over p* and be absorbed near 1. For p_ref below 1e−3 or so there are also longer
 * cycles and orbits that never repeat.
 *
 * A mirror never settles in logits; it counts as settled at 1 (logit Infinity) once 1 − p is 0 in
 * float64.
 *
 * Cost: O(steps), some tens as a rule, at most maxSteps. Throws RangeError as successStep.
 * Worked value: whitened, pRef = 0.001, beta = 5, ε = 1e−5: period 2 between 0.058716 and 0.002338.
 */
export function orbitLimit(
	variant: SuccessVariant,
	params: SuccessVariantParams & { pStart?: number },
	maxSteps = 100_000
): OrbitLimit {
	const recent = [logit(params.pStart ?? params.pRef)];
	const mirror = variant === 'mirror' || variant === 'mean-only mirror';
	for (let n = 1; n <= maxSteps; n++) {
		const at = successStep(variant, recent[0], params);
		if (mirror && sigmoid(-at) === 0) return limit([Infinity], n);
		recent.unshift(at);
		if (recent.length > LONGEST_PERIOD + 1) recent.pop();
		const near = (other: number, within: number) =>
			at === other || Math.abs(at - other) <= within * (1 + Math.abs(at));
		for (let period = 1; period < recent.length; period++) {
			if (!near(recent[period], SAME)) continue;
			const cycle = recent.slice(0, period).reverse();
			const distinct = cycle.slice(0, -1).every((other) => !near(other, APART));
			if (distinct) return limit(cycle, n);
			break;
		}
	}
	return { ...limit([recent[0]], maxSteps), period: null };
}

function limit(logits: number[], steps: number): OrbitLimit {
	return {
		period: logits.length,
		logits,
		rates: logits.map(sigmoid),
		failures: logits.map((at) => sigmoid(-at)),
		steps
	};
}
