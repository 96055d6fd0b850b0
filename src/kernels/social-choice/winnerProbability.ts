import { gaussLegendre } from './gaussLegendre';

const MOST_CASES = 2e6;

/**
 * Terms of the sum that winnerProbability goes through: C(voters + k − 1, voters) with k = ⌈n/2⌉ nodes.
 * Worked value: 40 alternatives, 3 voters: 1,540.
 */
export function winnerCases(alternatives: number, voters: number): number {
	const nodes = Math.ceil(alternatives / 2);
	let cases = 1;
	for (let k = 1; k <= voters; k++) cases *= (nodes - 1 + k) / k;
	return Math.round(cases);
}

/**
 * The exact probability that some alternative is the Condorcet winner when every voter's order of the n
 * alternatives is drawn uniformly ("impartial culture"), independently.
 *
 * Give each voter v and alternative a uniform mark; the order is that of the marks. Given the marks
 * x_v of one alternative, every other one loses to it independently with probability
 *
 *     q(x) = P( more than half of the voters have it below )     voter v with probability 1 − x_v,
 *
 * so  P(a winner) = n ∫ q(x)^{n−1} dx  over x in [0, 1]^voters. As q has degree 1 in each x_v, a
 * Gauss–Legendre rule with ⌈n/2⌉ nodes in each direction is exact, and equal nodes are gone through once.
 * With three voters the probability falls like n^{−1/2}, with 2k − 1 voters like n^{−(k−1)/k} (May;
 * Sauermann; quoted in Pittel, arXiv 2506.20613).
 *
 * A tie is no win. Cost: O(winnerCases · voters). Throws RangeError for numbers that are not positive
 * integers, or more than 2 million terms.
 * Worked value: 3 alternatives, 3 voters: 17/18; 4 and 3: 8/9.
 */
export function winnerProbability(alternatives: number, voters: number): number {
	for (const [name, value] of Object.entries({ alternatives, voters })) {
		if (!(Number.isInteger(value) && value >= 1)) {
			throw new RangeError(`winnerProbability: ${name} must be a positive integer, got ${value}`);
		}
	}
	if (!(winnerCases(alternatives, voters) <= MOST_CASES)) {
		throw new RangeError(
			`winnerProbability: alternatives and voters must give at most ${MOST_CASES} terms, got ${winnerCases(alternatives, voters)}`
		);
	}
	const { nodes, weights } = gaussLegendre(Math.ceil(alternatives / 2));
	/** votes[d][s]: probability that s of the first d voters have the other alternative below. */
	const votes = Array.from({ length: voters + 1 }, () => new Float64Array(voters + 1));
	votes[0][0] = 1;
	let sum = 0;

	function add(depth: number, from: number, run: number, weight: number): void {
		if (depth === voters) {
			let wins = 0;
			for (let s = Math.floor(voters / 2) + 1; s <= voters; s++) wins += votes[voters][s];
			sum += weight * wins ** (alternatives - 1);
			return;
		}
		for (let node = from; node < nodes.length; node++) {
			const own = node === from ? run + 1 : 1;
			const below = 1 - nodes[node];
			const [here, next] = [votes[depth], votes[depth + 1]];
			for (let s = 0; s <= depth + 1; s++) {
				next[s] = here[s] * (1 - below) + (s > 0 ? here[s - 1] * below : 0);
			}
			add(depth + 1, node, own, (weight * weights[node] * (depth + 1)) / own);
		}
	}
	add(0, 0, 0, 1);
	return alternatives * sum;
}
