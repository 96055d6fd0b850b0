import { logSigmoid, sigmoid } from '../core/sigmoid';
import { checkNumbers } from './checkNumbers';
import { log1mexp } from './log1mexp';

export interface OrpoBatch {
	/** log P(chosen | prompt) per pair, averaged over the answer's tokens, in nats: below 0. */
	chosenLogps: ArrayLike<number>;
	rejectedLogps: ArrayLike<number>;
	/** Negative log-likelihood of each chosen answer per token. Default: −chosenLogps. */
	nll?: ArrayLike<number>;
}

export interface OrpoOptions {
	/** λ of the paper, the weight of the odds ratio. TRL's default: 0.1. */
	beta?: number;
	/** TRL's values where a log-probability is 0, positive or −∞; without it they throw. */
	library?: 'trl';
}

export interface Orpo {
	/** The mean over pairs of nll + penalties. */
	loss: number;
	/** −β log σ(logOdds) ≥ 0 */
	penalties: number[];
	/** log of odds(chosen)/odds(rejected). */
	logOdds: number[];
	/** β log P */
	chosenRewards: number[];
	rejectedRewards: number[];
	/** Of the sum of penalties. The default nll adds −1 to each of chosenLogps. */
	gradients: { chosenLogps: number[]; rejectedLogps: number[] };
}

/**
 * Odds ratio preference optimisation: fine-tuning on the chosen answers with a penalty that sets them
 * apart from the rejected ones, and no reference model.
 *
 *     loss = NLL(chosen) − β log σ(log odds(chosen) − log odds(rejected)),   odds = P/(1 − P)
 *     log odds ratio = log P_w − log P_l − [log(1 − P_w) − log(1 − P_l)]
 *     ∂penalty/∂log P_w = −β σ(−log odds ratio) / (1 − P_w)
 *
 * P is the geometric mean of the token probabilities, exp of the average log-probability.
 * Paper: Hong et al., ORPO, arXiv 2403.07691, eqs. 4 to 7. TRL (f2cd5771) calls λ beta; its
 * odds_ratio_loss returns the penalty with the other sign, and its nll is the average over all tokens
 * of the batch. At P_w = 1 exactly its loss is right (0) and its gradient NaN.
 *
 * Cost: O(pairs). Throws RangeError for lists that do not fit, a negative or infinite β and, without a
 * library, for no pairs and log-probabilities that are not finite and below 0.
 * Worked value: averages −0.5 and −1, β = 0.1: log odds ratio 0.974077, penalty 0.032030, loss 0.532030.
 */
export function orpo(batch: OrpoBatch, { beta = 0.1, library }: OrpoOptions = {}): Orpo {
	const count = batch.chosenLogps.length;
	if (!(beta >= 0 && beta < Infinity)) {
		throw new RangeError(`orpo: beta must be finite and ≥ 0, got ${beta}`);
	}
	if (!library && count === 0) throw new RangeError('orpo: chosenLogps must not be empty');
	const [chosen, rejected] = (['chosenLogps', 'rejectedLogps'] as const).map((name) => {
		const logps = Array.from(batch[name]);
		checkNumbers('orpo', name, logps, count, !library);
		const bad = library ? -1 : logps.findIndex((logp) => logp >= 0);
		if (bad >= 0) {
			throw new RangeError(`orpo: ${name}[${bad}] must be below 0, got ${logps[bad]}`);
		}
		return logps;
	});
	const nll = Array.from(batch.nll ?? chosen.map((logp) => -logp));
	checkNumbers('orpo', 'nll', nll, count, !library);
	const logOdds = chosen.map(
		(logp, i) => logp - rejected[i] - (log1mexp(logp) - log1mexp(rejected[i]))
	);
	const penalties = logOdds.map((ratio) => -beta * logSigmoid(ratio));
	return {
		loss: penalties.reduce((sum, penalty, i) => sum + nll[i] + penalty, 0) / count,
		penalties,
		logOdds,
		chosenRewards: chosen.map((logp) => beta * logp),
		rejectedRewards: rejected.map((logp) => beta * logp),
		gradients: {
			chosenLogps: chosen.map((logp, i) => (beta * sigmoid(-logOdds[i])) / Math.expm1(logp)),
			rejectedLogps: rejected.map((logp, i) => (-beta * sigmoid(-logOdds[i])) / Math.expm1(logp))
		}
	};
}
