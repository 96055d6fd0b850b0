export const aggregations = [
	'grpo',
	'bnpo',
	'dr_grpo',
	'dapo',
	'luspo',
	'token-mean',
	'seq-mean-token-sum',
	'seq-mean-token-mean',
	'seq-mean-token-sum-norm',
	'seq-mean'
] as const;

export type Aggregation = (typeof aggregations)[number];

export interface AggregationOptions {
	/** The constant of 'dr_grpo' and 'seq-mean-token-sum-norm' (verl: loss_scale_factor). Default: T. */
	maxCompletionLength?: number;
	/** Tokens that count in all micro-batches of the step (verl: batch_num_tokens). Default: in this one. */
	numItemsInBatch?: number;
	/** Added to a row's count in 'seq-mean-token-mean': 1e−8 in verl and OpenRLHF. Default: 0. */
	lengthEpsilon?: number;
}

export interface AggregationWeights {
	/** One per token, 0 on padding. The loss is their sum with the tokens' losses. */
	weights: Float64Array;
	/** Tokens that count, per row. */
	counts: Float64Array;
	/** Tokens that count in all rows, N. */
	tokens: number;
}

/**
 * How much each token's loss counts in the batch's loss. With B rows of T, n_b tokens that count in
 * row b, N in all and B₊ rows that have any:
 *
 *     TRL      grpo                       1 / (B·max(n_b, 1))    every answer alike, its tokens share
 *              bnpo                       1 / max(N, 1)          every token alike
 *              dapo                       1 / max(numItemsInBatch, 1)
 *              dr_grpo                    1 / (B·maxCompletionLength)
 *              luspo                      1 / B                  on a loss that all tokens of a row share
 *     verl     token-mean                 1 / numItemsInBatch
 *              seq-mean-token-sum         1 / B₊
 *              seq-mean-token-mean        1 / (B₊·(n_b + 1e−8))
 *              seq-mean-token-sum-norm    1 / maxCompletionLength
 *     both     seq-mean                   1 / (B·n_b)            TRL's RLOO, GMPO
 *
 * OpenRLHF's token_level_loss is token-mean, otherwise seq-mean-token-mean. TRL's PPO and Search-R1
 * have token-mean.
 *
 * They disagree where a row has no token that counts: 'grpo' keeps it in the mean (as 0), verl and
 * OpenRLHF leave it out; 'seq-mean' spreads its weight over its padding, because its loss is a constant
 * that counts. Where nothing counts at all, TRL's weights are 0, the means of verl and OpenRLHF 0/0 = NaN.
 * For the same max length verl's '…-norm' is B times TRL's 'dr_grpo'.
 *
 * Paper: grpo arXiv 2402.03300, dr_grpo 2503.20783, dapo 2503.14476.
 * Cost: O(B·T). Throws RangeError for an aggregation that is none of these, and unless
 * maxCompletionLength, numItemsInBatch and lengthEpsilon are finite, the first above 0, the others ≥ 0.
 * Worked value: rows of 2 and 1 tokens: 'grpo' gives 1/4, 1/4, 1/2, 'bnpo' three times 1/3.
 */
export function aggregationWeights(
	mask: ArrayLike<number>,
	batch: number,
	length: number,
	aggregation: Aggregation,
	options: AggregationOptions = {}
): AggregationWeights {
	const counts = new Float64Array(batch);
	let tokens = 0;
	let rows = 0;
	for (let b = 0; b < batch; b++) {
		for (let i = b * length; i < (b + 1) * length; i++) counts[b] += mask[i];
		tokens += counts[b];
		if (counts[b] > 0) rows++;
	}
	const { maxCompletionLength = length, numItemsInBatch = tokens, lengthEpsilon = 0 } = options;
	if (!(maxCompletionLength > 0 && maxCompletionLength < Infinity)) {
		throw new RangeError(
			`aggregationWeights: maxCompletionLength must be finite and > 0, got ${maxCompletionLength}`
		);
	}
	for (const [name, value] of Object.entries({ numItemsInBatch, lengthEpsilon })) {
		if (!(value >= 0 && value < Infinity)) {
			throw new RangeError(`aggregationWeights: ${name} must be finite and ≥ 0, got ${value}`);
		}
	}
	const ofRow = (count: number): number => {
		switch (aggregation) {
			case 'grpo':
				return 1 / (batch * Math.max(count, 1));
			case 'bnpo':
				return 1 / Math.max(tokens, 1);
			case 'dr_grpo':
				return 1 / (batch * maxCompletionLength);
			case 'dapo':
				return 1 / Math.max(numItemsInBatch, 1);
			case 'luspo':
				return 1 / batch;
			case 'token-mean':
				return 1 / numItemsInBatch;
			case 'seq-mean-token-sum':
				return 1 / rows;
			case 'seq-mean-token-mean':
				return count === 0 && rows > 0 ? 0 : 1 / (rows * (count + lengthEpsilon));
			case 'seq-mean-token-sum-norm':
				return 1 / maxCompletionLength;
			case 'seq-mean':
				return 1 / (batch * (count || length));
			default:
				throw new RangeError(
					`aggregationWeights: aggregation must be one of ${aggregations.join(', ')}, got ${aggregation}`
				);
		}
	};
	const weights = new Float64Array(batch * length);
	for (let b = 0; b < batch; b++) {
		const weight = ofRow(counts[b]);
		const spread = aggregation === 'seq-mean' && counts[b] === 0;
		for (let i = b * length; i < (b + 1) * length; i++)
			weights[i] = spread ? weight : mask[i] * weight;
	}
	return { weights, counts, tokens };
}

/**
 * Whether verl keeps the masked tokens of a row from the loss even where they are NaN (torch.where): in
 * 'token-mean' always, in the means over sequences if the row has no token that counts. Elsewhere verl,
 * and everywhere TRL and OpenRLHF, multiply by the mask, and NaN·0 = NaN.
 * Worked value: guardsMasked('token-mean', 3) = true.
 */
export function guardsMasked(aggregation: Aggregation, count: number): boolean {
	if (aggregation === 'token-mean') return true;
	return count === 0 && ['seq-mean-token-sum', 'seq-mean-token-mean'].includes(aggregation);
}
