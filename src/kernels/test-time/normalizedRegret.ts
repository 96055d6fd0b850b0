export interface SuccessPoint {
	/** Tokens spent when this success was measured: prefix and forced answer together. */
	tokens: number;
	/** Success probability if forced to answer there. */
	success: number;
}

/**
 * Normalised regret over a token budget C0: the share of the area under "always right" that a
 * success curve misses,
 *
 *     regret(C0) = 1 − (1/C0) ∫_0^{C0} y(c) dc,
 *
 * where y starts at (0, 0), runs straight between the measured points, and stays flat after the
 * last one. 0: right from the first token; 1: never right within the budget.
 *
 * Code: analysis/code/regret.ipynb of github.com/CMU-AIRe/MRT, which averages it over traces. Its
 * cell for budgets beyond the training budget appends C0 without cutting the curve there, so a
 * point beyond C0 enters with a negative width; here the curve is always cut at C0.
 * Cost: O(points). Throws RangeError for no points, a budget that is not positive, tokens that are
 * negative or not strictly increasing, or a success outside [0, 1].
 * Worked value: points (1000, .2), (2000, .5), (4000, .8) at C0 = 4096 give ≈ 0.5540039.
 */
export function normalizedRegret(
	points: readonly SuccessPoint[],
	budget: number
): {
	regret: number;
	/** ∫ y dc up to the budget, in tokens. */
	area: number;
	/** The curve that was integrated, from (0, 0) to the budget: for drawing. */
	curve: SuccessPoint[];
} {
	if (points.length === 0) throw new RangeError('normalizedRegret: points must not be empty');
	if (!(budget > 0 && budget < Infinity)) {
		throw new RangeError(`normalizedRegret: budget must be positive and finite, got ${budget}`);
	}
	const curve: SuccessPoint[] = [{ tokens: 0, success: 0 }];
	let before = curve[0];
	for (const [i, point] of points.entries()) {
		if (!(point.success >= 0 && point.success <= 1)) {
			throw new RangeError(
				`normalizedRegret: points[${i}].success must be in [0, 1], got ${point.success}`
			);
		}
		const increasing = i === 0 ? point.tokens >= 0 : point.tokens > before.tokens;
		if (!increasing || point.tokens === Infinity) {
			throw new RangeError(
				`normalizedRegret: points[${i}].tokens must be finite and above ${before.tokens}, got ${point.tokens}`
			);
		}
		if (point.tokens < budget) {
			curve.push({ ...point });
		} else if (before.tokens < budget) {
			const share = (budget - before.tokens) / (point.tokens - before.tokens);
			const success = before.success + share * (point.success - before.success);
			curve.push({ tokens: budget, success });
		}
		before = point;
	}
	if (before.tokens < budget) curve.push({ tokens: budget, success: before.success });
	let area = 0;
	for (let i = 1; i < curve.length; i++) {
		const width = curve[i].tokens - curve[i - 1].tokens;
		area += (width * (curve[i].success + curve[i - 1].success)) / 2;
	}
	return { regret: 1 - area / budget, area, curve };
}
