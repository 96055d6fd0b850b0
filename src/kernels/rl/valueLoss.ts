import { aggregationWeights, guardsMasked, type Aggregation } from './aggregationWeights';
import { float64 } from './tokenBatch';

/** Tokens of `batch` completions, row-major, each row padded to `length`. */
export interface ValueBatch {
	batch: number;
	length: number;
	/** V of the critic that is trained. */
	values: ArrayLike<number>;
	/** V when the answers were sampled. */
	oldValues: ArrayLike<number>;
	/** What V should be: advantages plus old values, say from GAE. */
	returns: ArrayLike<number>;
	/** 1 for a token that counts, 0 for the others. Default: 1. */
	mask?: ArrayLike<number>;
}

export interface ValueLossOptions {
	/** V counts within old V ± this. TRL's default 0.2, OpenRLHF's and verl's 0.5. Infinity: no clip. */
	cliprangeValue?: number;
	/** Default: 'token-mean', as in all three. */
	aggregation?: Aggregation;
	/** 1e−8 for 'seq-mean-token-mean' in verl and OpenRLHF. Default: 0. */
	lengthEpsilon?: number;
	/**
	 * What no token that counts, or a value that is not finite, does: 'throw' (default), 'propagate' as in
	 * TRL and OpenRLHF (0/0, and NaN·0 on masked tokens), or 'where' as in verl (guardsMasked).
	 */
	nonFinite?: 'throw' | 'propagate' | 'where';
}

/** Lists have one value per token, row-major. */
export interface ValueLoss {
	loss: number;
	/** d loss / d V */
	gradients: Float64Array;
	/** V held within old V ± cliprangeValue. */
	clippedValues: Float64Array;
	/** 1 where the clipped square is the larger one, and so counts. */
	clipped: Uint8Array;
	/** weight × term; they sum to the loss. */
	contributions: Float64Array;
	/** Share of the tokens that count where `clipped` is 1. */
	clipFraction: number;
}

/**
 * PPO's loss of the critic, with the value held near its old one as the ratio is in the policy's:
 *
 *     loss = ½ Σ_i weight_i · max( (V_i − R_i)², (clip(V_i, V_old − c, V_old + c) − R_i)² )
 *
 * The larger square counts, so a token has no gradient once V has moved by more than c and the clipped
 * value is further from the return: V overshoots on the way to R and rests, but a V that moved away
 * from R is still pulled back.
 *
 * TRL's PPOTrainer, verl and OpenRLHF compute the same, with one half in front, and average over tokens
 * (verl and OpenRLHF can also average by answer).
 *
 * Cost: O(B·T). Throws RangeError for lists that do not fit B and T, a cliprangeValue below 0, and, unless
 * nonFinite allows it, for values that are not finite on a token that counts and for no such token.
 * Worked value: V = 1, old V = 0, R = 1, c = 0.2: ½·0.8² = 0.32, gradient 0.
 */
export function valueLoss(tokens: ValueBatch, options: ValueLossOptions = {}): ValueLoss {
	const { cliprangeValue = 0.2, aggregation = 'token-mean', nonFinite = 'throw' } = options;
	const { batch, length } = tokens;
	const size = batch * length;
	if (!(cliprangeValue >= 0)) {
		throw new RangeError(`valueLoss: cliprangeValue must be ≥ 0, got ${cliprangeValue}`);
	}
	const values = float64(tokens.values);
	const oldValues = float64(tokens.oldValues);
	const returns = float64(tokens.returns);
	const mask = tokens.mask ? float64(tokens.mask) : new Float64Array(size).fill(1);
	const skips = nonFinite === 'throw';
	for (const [name, list] of Object.entries({ values, oldValues, returns, mask })) {
		if (list.length !== size) {
			throw new RangeError(
				`valueLoss: ${name} must have batch × length = ${size} values, got ${list.length}`
			);
		}
		const bad = list.findIndex((x, i) => skips && mask[i] !== 0 && !Number.isFinite(x));
		if (bad >= 0) {
			throw new RangeError(`valueLoss: ${name}[${bad}] must be finite, got ${list[bad]}`);
		}
	}
	const aggregated = aggregationWeights(mask, batch, length, aggregation, options);
	const { weights, counts } = aggregated;
	if (skips && aggregated.tokens === 0) {
		throw new RangeError('valueLoss: mask must keep at least one token');
	}
	const gradients = new Float64Array(size);
	const clippedValues = new Float64Array(size);
	const clipped = new Uint8Array(size);
	const contributions = new Float64Array(size);
	let loss = 0;
	let clips = 0;
	for (let i = 0; i < size; i++) {
		if (skips && mask[i] === 0) continue;
		const above = Math.max(oldValues[i] - cliprangeValue, values[i]);
		clippedValues[i] = Math.min(oldValues[i] + cliprangeValue, above);
		const error = values[i] - returns[i];
		const clippedError = clippedValues[i] - returns[i];
		const held = clippedError ** 2 > error ** 2;
		const guarded =
			nonFinite === 'where' &&
			mask[i] === 0 &&
			guardsMasked(aggregation, counts[Math.floor(i / length)]);
		const square = (held ? clippedError : error) ** 2;
		contributions[i] = (weights[i] * (guarded ? 0 : square)) / 2;
		gradients[i] = held || guarded ? 0 : weights[i] * error;
		loss += contributions[i];
		if (held && mask[i] !== 0) {
			clipped[i] = 1;
			clips++;
		}
	}
	const clipFraction = clips / Math.max(aggregated.tokens, 1);
	return { loss, gradients, clippedValues, clipped, contributions, clipFraction };
}
