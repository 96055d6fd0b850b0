import { presetWith } from '../rl/presetWith';
import { batchLoss } from './batchLoss';
import { dpoPresets, type DpoLibrary, type DpoSettings } from './dpoPresets';
import { readPreferences, type PreferenceBatch } from './readPreferences';
import { rewardMargins, type RewardMargins } from './rewardMargins';

export interface DpoOptions extends Partial<DpoSettings> {
	/** Settings of one library for all that is not given. Without it the paper's, but bad input throws. */
	library?: DpoLibrary;
}

/** The rewards are β (log π − log π_ref), whatever the loss. */
export interface Dpo extends RewardMargins {
	/** The mean of losses. */
	loss: number;
	/** One a pair; for 'aot' and 'aot_unpaired' one a pair of the sorted samples. */
	losses: number[];
	/** Of the sum of losses; divided by the number of pairs they are those of `loss`. */
	gradients: {
		chosenLogps: number[];
		rejectedLogps: number[];
		refChosenLogps: number[];
		refRejectedLogps: number[];
	};
}

/**
 * Direct preference optimisation: the loss of a batch of pairs, the rewards that it implies, and its
 * gradients, for all loss types of TRL's DPOTrainer. The sigmoid loss of the paper:
 *
 *     L = −log σ(βh),   h = (log π − log π_ref)(chosen) − (log π − log π_ref)(rejected)
 *     ∂L/∂log π(chosen) = −β σ(−βh) = −∂L/∂log π(rejected)
 *
 * Only the difference counts: L falls also while both answers grow less likely. Its minimiser over all
 * policies, for infinitely many pairs labelled by a Bradley–Terry reward r, is π_ref exp(r/β)/Z
 * (`klRegularisedOptimum`); a pair that one side always wins drives h to infinity.
 *
 * The other types are in `pairLoss` (what looks at one pair) and `batchLoss` (what looks at all).
 * Paper: Rafailov et al., arXiv 2305.18290, eq. 7. Where its repository, TRL and OpenRLHF differ (label
 * smoothing, IPO's lengths): `dpoPresets`. TRL adds several types with loss_weights; each is a call here.
 *
 * Cost: O(pairs), for 'aot' and 'aot_unpaired' a sort. Throws RangeError for lists that do not fit and
 * lengths that are missing or below 1; and, without a library, for no pairs, log-probabilities that are
 * not finite, β ≤ 0, and an ε outside [0, 1] ('robust': [0, 0.5); 'exo_pair': (0, 1)). With a library
 * these give what it gives: NaN for the mean of no pairs, NaN or ∞ for a probability 0.
 * Worked value: log-probabilities −12, −14 and reference −13, −13.5, β = 0.1: rewards 0.1 and −0.05, loss
 * 0.620957, gradients ∓0.046257.
 */
export function dpo(batch: PreferenceBatch, options: DpoOptions = {}): Dpo {
	const { library, ...given } = options;
	const settings = presetWith<DpoSettings>(dpoPresets[library ?? 'original'], given);
	const { beta, referenceFree } = settings;
	const preferences = readPreferences(batch, settings, !library);
	const { chosen, rejected, refChosen, refRejected } = preferences;
	const none = () => chosen.map(() => 0);
	const { losses, ...slopes } = batchLoss(
		referenceFree ? { ...preferences, refChosen: none(), refRejected: none() } : preferences,
		settings
	);
	return {
		loss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
		losses,
		...rewardMargins(
			chosen.map((logp, i) => beta * (logp - refChosen[i])),
			rejected.map((logp, i) => beta * (logp - refRejected[i]))
		),
		gradients: {
			chosenLogps: slopes.chosen,
			rejectedLogps: slopes.rejected,
			refChosenLogps: referenceFree ? none() : slopes.refChosen,
			refRejectedLogps: referenceFree ? none() : slopes.refRejected
		}
	};
}
