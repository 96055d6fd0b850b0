import { exactKl } from '../rl/exactKl';
import { dpo } from '../preference/dpo';
import { kto } from '../preference/kto';
import { orpo } from '../preference/orpo';
import { simPo } from '../preference/simPo';

export type PairObjectiveName = 'dpo' | 'ipo' | 'kto' | 'orpo' | 'simpo';

export interface PairObjective {
	loss: number;
	/** d loss / d log π of the chosen answer and of the rejected one. */
	chosen: number;
	rejected: number;
}

/**
 * The loss of one pair of one-token answers under five objectives, with its slopes in the two
 * log-probabilities, by the kernels of each:
 *
 *     dpo     −log σ(βh)                      h = (log π/π_ref)(chosen) − (log π/π_ref)(rejected)
 *     ipo     (h − 1/(2β))²
 *     kto     mean of 1 − σ(β(ρ_w − z₀)) and 1 − σ(β(z₀ − ρ_l)), with z₀ = KL(π‖π_ref), exact and held
 *     orpo    −log π_w − β log σ(log odds ratio)
 *     simpo   −log σ(β(log π_w − log π_l) − γ)
 *
 * `logProbs` and `refLogProbs` are of all answers, the chosen and the rejected one first. ORPO and SimPO
 * do not look at the reference. TRL estimates z₀ from other prompts' answers.
 *
 * Cost: O(answers). Throws RangeError as the kernel of each objective.
 * Worked value: two answers, π = π_ref = ½, dpo, β = 0.1: log 2, slopes ∓0.05.
 */
export function pairObjective(
	name: PairObjectiveName,
	logProbs: ArrayLike<number>,
	refLogProbs: ArrayLike<number>,
	{ beta, simpoGamma = 0.5 }: { beta: number; simpoGamma?: number }
): PairObjective {
	const pair = { chosenLogps: [logProbs[0]], rejectedLogps: [logProbs[1]] };
	const slopes = ({ loss, gradients }: { loss: number; gradients: Slopes }): PairObjective => ({
		loss,
		chosen: gradients.chosenLogps[0],
		rejected: gradients.rejectedLogps[0]
	});
	switch (name) {
		case 'dpo':
		case 'ipo':
			return slopes(
				dpo(
					{ ...pair, refChosenLogps: [refLogProbs[0]], refRejectedLogps: [refLogProbs[1]] },
					{ beta, lossType: name === 'ipo' ? 'ipo' : 'sigmoid' }
				)
			);
		case 'simpo':
			return slopes(simPo(pair, { beta, simpoGamma }));
		case 'orpo': {
			const own = slopes(orpo(pair, { beta }));
			return { ...own, chosen: own.chosen - 1 };
		}
		case 'kto': {
			const now = Float64Array.from(logProbs, Math.exp);
			const { loss, gradients } = kto(
				{
					logps: [logProbs[0], logProbs[1]],
					refLogps: [refLogProbs[0], refLogProbs[1]],
					labels: [true, false]
				},
				{ beta, kl: Math.max(0, exactKl(now, Float64Array.from(refLogProbs, Math.exp))) }
			);
			return { loss, chosen: gradients[0] / 2, rejected: gradients[1] / 2 };
		}
	}
}

interface Slopes {
	chosenLogps: number[];
	rejectedLogps: number[];
}
