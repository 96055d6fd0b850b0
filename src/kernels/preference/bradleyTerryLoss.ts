import { logSigmoid, sigmoid } from '../core/sigmoid';
import { checkNumbers } from './checkNumbers';

export interface BradleyTerryLossOptions {
	/** How −log σ(x) is computed: as such, or as log(1 + e^−x), which overflows below x = −709. */
	lossType?: 'sigmoid' | 'logexp';
	/** How far apart each pair's rewards shall be: one a pair. */
	margin?: ArrayLike<number>;
	/** c ≥ 0: adds c (r_w + r_l)² to hold the rewards around 0. */
	centerRewardsCoefficient?: number;
	/** Its values for no pairs and rewards that are not finite; OpenRLHF's 'logexp' ignores the margin. */
	library?: 'trl' | 'openrlhf';
}

export interface BradleyTerryLoss {
	/** The mean of losses. */
	loss: number;
	losses: number[];
	/** σ(r_w − r_l): how likely the model thinks each label. */
	probabilities: number[];
	/** Share of pairs with r_w > r_l. */
	accuracy: number;
	/** Of the sum of losses. */
	gradients: { chosenRewards: number[]; rejectedRewards: number[] };
}

/**
 * The loss of a reward model on pairs: the negative log-likelihood of the labels under the
 * Bradley–Terry model P(w ≻ l) = σ(r_w − r_l), with an optional margin m and centring.
 *
 *     L = −log σ(r_w − r_l − m) + c (r_w + r_l)²
 *     ∂L/∂r_w = −σ(−(r_w − r_l − m)) + 2c (r_w + r_l)
 *
 * Without centring a constant added to all rewards of a prompt changes nothing.
 * Papers: Bradley and Terry (1952); margin Touvron et al., Llama 2, arXiv 2307.09288; centring
 * Eisenstein et al., 2312.09244. TRL's RewardTrainer (f2cd5771) has all of it. OpenRLHF (3c3be623) has
 * the margin in PairWiseLoss; its LogExpLoss ('logexp') takes one and ignores it, and where −log σ gives
 * 20000 its value is infinite and its gradient NaN.
 *
 * Cost: O(pairs). Throws RangeError for lists that do not fit, a margin with 'logexp' without a library,
 * c < 0 and, without a library, for no pairs and numbers that are not finite.
 * Worked value: rewards 1 and 0: loss 0.313262, gradients ∓0.268941; with margin 1: log 2 and ∓0.5.
 */
export function bradleyTerryLoss(
	chosenRewards: ArrayLike<number>,
	rejectedRewards: ArrayLike<number>,
	options: BradleyTerryLossOptions = {}
): BradleyTerryLoss {
	const { lossType = 'sigmoid', margin, centerRewardsCoefficient: c = 0, library } = options;
	const count = chosenRewards.length;
	if (!library && count === 0) {
		throw new RangeError('bradleyTerryLoss: chosenRewards must not be empty');
	}
	if (!library && lossType === 'logexp' && margin) {
		throw new RangeError("bradleyTerryLoss: margin must not be given with 'logexp'");
	}
	if (!(c >= 0 && c < Infinity)) {
		throw new RangeError(
			`bradleyTerryLoss: centerRewardsCoefficient must be finite and ≥ 0, got ${c}`
		);
	}
	checkNumbers('bradleyTerryLoss', 'chosenRewards', chosenRewards, count, !library);
	checkNumbers('bradleyTerryLoss', 'rejectedRewards', rejectedRewards, count, !library);
	if (margin) checkNumbers('bradleyTerryLoss', 'margin', margin, count, !library);
	const pairs = Array.from(chosenRewards, (reward, i) => {
		const gap = reward - rejectedRewards[i];
		const centre = c === 0 ? 0 : reward + rejectedRewards[i];
		const x = gap - (lossType === 'sigmoid' && margin ? margin[i] : 0);
		const odds = Math.exp(-x);
		const [likelihood, slope] =
			lossType === 'sigmoid'
				? [-logSigmoid(x), -sigmoid(-x)]
				: [Math.log(1 + odds), -odds / (1 + odds)];
		return { gap, loss: likelihood + c * centre * centre, slope, pull: 2 * c * centre };
	});
	return {
		loss: pairs.reduce((sum, { loss }) => sum + loss, 0) / count,
		losses: pairs.map(({ loss }) => loss),
		probabilities: pairs.map(({ gap }) => sigmoid(gap)),
		accuracy: pairs.filter(({ gap }) => gap > 0).length / count,
		gradients: {
			chosenRewards: pairs.map(({ slope, pull }) => slope + pull),
			rejectedRewards: pairs.map(({ slope, pull }) => pull - slope)
		}
	};
}
