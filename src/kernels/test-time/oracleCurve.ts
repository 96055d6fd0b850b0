import { EPISODES, episodeOutcomes, LARGEST_SIZE } from './searchTask';

/**
 * The oracle J*_j of the search task: the highest expected success that any policy reaches with j
 * episodes, for each j on its own ("π*_j"), by dynamic programming backwards from the answer:
 *
 *     V_0(n) = 1/n,   V_j(n) = max over episodes of E[V_{j−1}(n')].
 *
 * One policy need not be best for every j at once; here it is: halving (derived: 2^j outcomes at
 * most, so V_j(n) ≤ 2^j/n, and halving reaches min(1, 2^j/n) when n is a power of two).
 *
 * Cost: O(episodes·size). Throws RangeError for a size outside 1 … 64 or a negative or fractional
 * number of episodes.
 * Worked value: oracleCurve(16, 4) = 1/16, 1/8, 1/4, 1/2, 1.
 */
export function oracleCurve(size: number, episodes: number): Float64Array {
	if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
		throw new RangeError(
			`oracleCurve: size must be an integer in 1 … ${LARGEST_SIZE}, got ${size}`
		);
	}
	if (!Number.isInteger(episodes) || episodes < 0) {
		throw new RangeError(`oracleCurve: episodes must be a whole number, got ${episodes}`);
	}
	const curve = new Float64Array(episodes + 1);
	let value = Float64Array.from({ length: size + 1 }, (_, n) => (n === 0 ? 0 : 1 / n));
	curve[0] = value[size];
	for (let j = 1; j <= episodes; j++) {
		const next = new Float64Array(size + 1);
		for (let n = 1; n <= size; n++) {
			for (const episode of EPISODES) {
				if (episode === 'stop') continue;
				let expected = 0;
				for (const outcome of episodeOutcomes(n, episode)) {
					expected += outcome.probability * value[outcome.remaining];
				}
				if (expected > next[n]) next[n] = expected;
			}
		}
		value = next;
		curve[j] = value[size];
	}
	return curve;
}
