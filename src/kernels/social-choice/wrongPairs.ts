/** Rewards this near count as equal: a fit converges to about this. */
const EQUAL = 1e-6;

export interface WrongPairs {
	/** Pairs [i, j] in which most prefer i to j and the reward is higher for j. */
	reversed: [number, number][];
	/** Pairs [i, j] in which most prefer i to j and the rewards are equal. */
	levelled: [number, number][];
}

/**
 * The pairs in which rewards do not say what most voters say. Every pair [i, j] that the majority
 * decides is right (r_i > r_j), levelled (equal within 1e−6) or reversed.
 *
 * Cost: O(n²). Throws RangeError for another number of rewards than of alternatives, or a reward that
 * is not finite.
 * Worked value: rewards (0, 0, 0) and the cycle 0 over 1 over 2 over 0: three pairs levelled.
 */
export function wrongPairs(
	rewards: ArrayLike<number>,
	margins: readonly (readonly number[])[]
): WrongPairs {
	if (rewards.length !== margins.length) {
		throw new RangeError(
			`wrongPairs: rewards must have ${margins.length} numbers, got ${rewards.length}`
		);
	}
	const reversed: [number, number][] = [];
	const levelled: [number, number][] = [];
	margins.forEach((row, i) => {
		if (!Number.isFinite(rewards[i])) {
			throw new RangeError(`wrongPairs: rewards[${i}] must be finite, got ${rewards[i]}`);
		}
		row.forEach((margin, j) => {
			if (!(margin > 0)) return;
			const lead = rewards[i] - rewards[j];
			if (Math.abs(lead) <= EQUAL) levelled.push([i, j]);
			else if (lead < 0) reversed.push([i, j]);
		});
	});
	return { reversed, levelled };
}
