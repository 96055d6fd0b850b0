/**
 * CISPO's weight of a token: the importance ratio, clipped, with no gradient of its own. The objective
 *
 *     J = sg[w]·A·log π,   dJ/d log π = w·A      sg: held fixed
 *
 * is REINFORCE with that weight, so a clipped token still learns, where PPO's clip would drop it.
 *
 *     bounds 'ratio'    w = clip(r, 1−ε, 1+ε_high)     verl
 *     bounds 'weight'   w = min(r, ε_high)             TRL: ε_high is the largest weight itself
 *
 * With TRL's default ε_high = 0.2 every weight is at most 0.2; the value it recommends is 5 (ScaleRL,
 * arXiv 2510.13786).
 *
 * Paper: MiniMax-M1, arXiv 2506.13585.
 * Cost: constant. Throws nothing: NaN stays NaN.
 * Worked value: r = 1.5, ε = ε_high = 0.2: 1.2 with 'ratio', 0.2 with 'weight'.
 */
export function cispoWeight(
	ratio: number,
	epsilon: number,
	epsilonHigh: number,
	bounds: 'ratio' | 'weight'
): number {
	if (bounds === 'weight') return Math.min(ratio, epsilonHigh);
	return Math.max(1 - epsilon, Math.min(1 + epsilonHigh, ratio));
}
