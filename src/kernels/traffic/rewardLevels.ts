export interface RewardLevels {
	/** Each car's own reward. */
	individual: number[];
	/** Mean over the car itself and its controlled neighbours. */
	regional: number[];
	/** Mean over all controlled cars, the same for each. */
	global: number[];
}

/**
 * One reward seen at three levels. `neighbours[i]` holds the positions of the controlled cars next to
 * car i: ahead and behind, in its own lane and in the lane beside it.
 *
 *     regional_i = (r_i + Σ_{j∈N(i)} r_j) / (1 + |N(i)|),   global = Σ_j r_j / n
 *
 * Where all own rewards are equal the levels coincide; a car without neighbours is its own region.
 * A crash that costs one car 200 costs each of n cars 200/n in the global reward.
 *
 * Code: `_agent_reward`, `_regional_reward` and `_reward` of MARL_CAVs' merge_env_v1.
 * Cost O(n + neighbours). Throws RangeError for no rewards or lists that do not fit.
 * Worked value: rewards (1, 0, −4), car 1 beside car 2: regional (1, −2, −2), global −1.
 */
export function rewardLevels(
	individual: readonly number[],
	neighbours: readonly (readonly number[])[]
): RewardLevels {
	const n = individual.length;
	if (n === 0) throw new RangeError('rewardLevels: individual must not be empty');
	if (neighbours.length !== n) {
		throw new RangeError(`rewardLevels: neighbours must have ${n} lists, got ${neighbours.length}`);
	}
	const regional = individual.map((own, i) => {
		const sum = neighbours[i].reduce((total, j) => {
			if (individual[j] === undefined || j === i) {
				throw new RangeError(`rewardLevels: neighbours[${i}] must name other cars, got ${j}`);
			}
			return total + individual[j];
		}, own);
		return sum / (1 + neighbours[i].length);
	});
	const mean = individual.reduce((total, r) => total + r, 0) / n;
	return { individual: [...individual], regional, global: individual.map(() => mean) };
}
