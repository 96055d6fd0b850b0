/** Refuses weights that are none, or not positive and finite, in the name of the kernel that asks. */
export function checkWeights(kernel: string, weights: readonly number[]): void {
	if (weights.length === 0) throw new RangeError(`${kernel}: weights must not be empty`);
	const odd = weights.findIndex((weight) => !(weight > 0 && weight < Infinity));
	if (odd >= 0) {
		throw new RangeError(
			`${kernel}: weights[${odd}] must be positive and finite, got ${weights[odd]}`
		);
	}
}

/**
 * The probability of one order, best first, under the Luce (Plackett–Luce) model:
 *
 *     P(order) = Π_k w_{order[k]} / Σ_{l ≥ k} w_{order[l]} .
 *
 * Two alternatives alone give the Bradley–Terry model with rewards log w. Second version of Liu et al.,
 * arXiv 2503.10990: voters are drawn from it.
 *
 * Cost: O(n). Throws RangeError for weights that are not positive and finite, or an order of another
 * length than they.
 * Worked value: weights (2, 1, 1), order (0, 1, 2): 2/4 · 1/2 · 1 = 0.25.
 */
export function luceProbability(order: readonly number[], weights: readonly number[]): number {
	checkWeights('luceProbability', weights);
	if (order.length !== weights.length) {
		throw new RangeError(
			`luceProbability: order must have ${weights.length} numbers, got ${order.length}`
		);
	}
	let left = 0;
	let probability = 1;
	for (let k = order.length - 1; k >= 0; k--) {
		left += weights[order[k]];
		probability *= weights[order[k]] / left;
	}
	return probability;
}
