/**
 * Nodes and weights of the Gauss–Legendre rule on [0, 1]: with k nodes, Σ weight · f(node) is the
 * integral of f exactly, for every polynomial f of degree up to 2k − 1.
 *
 * The nodes are roots of the Legendre polynomial, found by Newton's method from the usual guesses.
 * Cost: O(k²). Throws RangeError unless k is a positive integer.
 * Worked value: gaussLegendre(1) is the midpoint rule, node 0.5 and weight 1.
 */
export function gaussLegendre(k: number): { nodes: number[]; weights: number[] } {
	if (!(Number.isInteger(k) && k >= 1)) {
		throw new RangeError(`gaussLegendre: k must be a positive integer, got ${k}`);
	}
	const nodes: number[] = [];
	const weights: number[] = [];
	for (let i = 0; i < k; i++) {
		let x = Math.cos((Math.PI * (k - i - 0.25)) / (k + 0.5));
		let slope = 1;
		for (let round = 0; round < 100; round++) {
			let [before, here] = [0, 1];
			for (let degree = 1; degree <= k; degree++) {
				[before, here] = [here, ((2 * degree - 1) * x * here - (degree - 1) * before) / degree];
			}
			slope = (k * (x * here - before)) / (x * x - 1);
			const step = here / slope;
			x -= step;
			if (Math.abs(step) < 1e-15) break;
		}
		nodes.push((1 + x) / 2);
		weights.push(1 / ((1 - x * x) * slope * slope));
	}
	return { nodes, weights };
}
