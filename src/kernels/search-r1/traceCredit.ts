import { aggregationWeights } from '../rl/aggregationWeights';
import { gae } from '../rl/gae';

export interface TraceCreditOptions {
	/** 1 for a token that the policy wrote, 0 for a retrieved one: I(y_t). */
	own: readonly number[];
	/** False: the loss counts every token. */
	stateMasking: boolean;
	/** What the critic expects at each token. */
	values: readonly number[];
	/** On the last token. */
	reward: number;
	gamma?: number;
	lam: number;
}

export interface TraceCredit {
	/** What each token counts in the actor's loss; they sum to 1. */
	weights: number[];
	/** Sum of the weights of retrieved tokens: the share of gradient terms that imitate or avoid them. */
	givenShare: number;
	/** Advantages with retrieved tokens as steps of their own, as in Search-R1's code. */
	stepped: number[];
	/** Advantages with retrieved tokens stepped over, as in verl today. */
	skipped: number[];
}

/**
 * What one rollout with retrieved text gives to each of its tokens: the weight in the actor's loss,
 *
 *     w_t = I(y_t) / Σ I(y_t)     with the mask,     1/T without it
 *
 * and the advantage by GAE, once over all tokens and once over the policy's own alone. For γ = λ = 1 both are
 * R − V_t at each own token. For λ < 1 what lies behind a passage of
 * n tokens reaches the tokens before it by λ^n less in the first.
 *
 * Paper: arXiv 2503.09516; code core_algos.py at a14dc3a4 (GAE takes no mask of retrieved tokens).
 * Cost: O(tokens). Throws RangeError as `gae` does.
 * Worked value: own (1, 0, 0, 1), no mask: weights 1/4, share 0.5; with the mask 1/2, 0, 0, 1/2, share 0.
 */
export function traceCredit(options: TraceCreditOptions): TraceCredit {
	const { own, stateMasking, values, reward, gamma = 1, lam } = options;
	const counted = stateMasking ? own : own.map(() => 1);
	const weights = [...aggregationWeights(counted, 1, own.length, 'token-mean').weights];
	const rewards = own.map((_, t) => (t === own.length - 1 ? reward : 0));
	const advantages = (maskedTokens: 'step' | 'skip') =>
		gae([rewards], [values], [own], { gamma, lam, maskedTokens }).advantages[0];
	return {
		weights,
		givenShare: weights.reduce((sum, weight, t) => sum + (own[t] ? 0 : weight), 0),
		stepped: advantages('step'),
		skipped: advantages('skip')
	};
}
