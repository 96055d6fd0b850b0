import { aggregationWeights, guardsMasked } from './aggregationWeights';
import { gmpoLogRatio } from './gmpoLogRatio';
import { importanceRatios } from './importanceRatios';
import { libraryKl } from './libraryKl';
import { libraryKlGradient } from './libraryKlGradient';
import { branchCode, branchNames, policyBranch } from './policyBranch';
import { policyLossSettings, type PolicyLossOptions } from './policyLossSettings';
import { checkTokenBatch, float64, type TokenBatch } from './tokenBatch';
import { tokenObjective, type TokenObjective } from './tokenObjective';

/**
 * Lists have one value per token, row-major. Those of masked tokens are 0, but for a library's preset
 * that computes on with masked tokens.
 */
export interface PolicyLoss {
	/** To be minimised: the sum of `contributions`. */
	loss: number;
	/** d loss / d log π of each token. */
	gradients: Float64Array;
	/** log π − log π_old of the token itself, before any clamp. */
	logRatios: Float64Array;
	/** The importance ratio: the token's, or its sequence's. */
	ratios: Float64Array;
	/** The ratio held within the clip's edges (in GMPO the token's own, in log space). */
	clippedRatios: Float64Array;
	/** Codes of `branchCode`. */
	branches: Uint8Array;
	/** What multiplies A (in CISPO and GPG A·log π) in the objective. */
	coefficients: Float64Array;
	/** −objective: the token's loss before the KL penalty. */
	policyTerms: Float64Array;
	/** KL penalty before β. */
	klTerms: Float64Array;
	/** How much the token counts. */
	weights: Float64Array;
	/** weight × (policy term + β × KL term). */
	contributions: Float64Array;
	/** Tokens that count. */
	tokens: number;
	/** Shares of the tokens that count, on the branches 'clipLow', 'clipHigh' and 'bound'. */
	clipFractionLow: number;
	clipFractionHigh: number;
	boundFraction: number;
	/** Mean KL term over the tokens that count. */
	meanKl: number;
	/** Mean of log π_old − log π over the tokens that count: k1 of KL(π_old‖π), verl's ppo_kl. */
	approxKl: number;
}

/**
 * The mean of each row's values that count, at each of the row's places. In a row where none counts it
 * is 0/ε = 0 as in verl, and without ε the row's first value, TRL's advantage of the sequence.
 */
function rowMeans(values: Float64Array, mask: Float64Array, length: number, epsilon: number) {
	const means = new Float64Array(values.length);
	for (let start = 0; start < values.length; start += length) {
		let sum = 0;
		let count = 0;
		for (let i = start; i < start + length; i++) {
			sum += values[i] * mask[i];
			count += mask[i];
		}
		const mean = count + epsilon === 0 ? values[start] : sum / (count + epsilon);
		means.fill(mean, start, start + length);
	}
	return means;
}

/**
 * The loss of one policy update, token by token, as TRL, verl, OpenRLHF and the papers compute it:
 *
 *     loss = Σ_i weight_i · ( policyTerm_i + β · KL_i )
 *     policyTerm_i = −min(r_i A_i, clip(r_i) A_i)      objective 'clip'; the others: tokenObjective
 *
 * r_i is the ratio of the token or of its sequence (`importanceRatios`), the weight comes from
 * `aggregationWeights`, the KL from `libraryKl` (times the ratio with useBiasCorrectionKl, arXiv
 * 2512.02556). The gradient is exact, also where a sequence's ratio ties its tokens together; factors
 * that are held (CISPO's weight, GSPO-token's ratio) count as constants. GMPO takes the mean of a
 * sequence's advantages. An entropy bonus is not part of this loss.
 *
 * Without a preset the settings are TRL's (`defaultPolicyLoss`) and bad values throw; with a library's
 * preset they give what the library gives. `policyLossPresets` has who does what. It matters most where
 *
 *     a row has no token that counts     TRL: it counts as 0; verl and OpenRLHF: not at all
 *     no token counts                    TRL: 0; verl and OpenRLHF: NaN
 *     the ratio overflows, A < 0         TRL: loss +∞; OpenRLHF: e^20; verl: dual clip, 3
 *     a masked token is NaN              NaN, but for verl's 'token-mean'
 *     'luspo' has a KL penalty           TRL averages it over padding too; here padding never counts
 *
 * Cost: O(B·T). Throws RangeError for lists that do not fit B and T, values that are not finite unless
 * the preset allows them, β without refLogProbs, settings out of range, 'luspo' with token ratios, and
 * a batch without any token that counts where the aggregation is then 0/0 and no library asked for.
 * Worked value: one token, r = 1.5, A = 2, ε = 0.2: loss −2.4, branch 'clipHigh', gradient 0.
 */
export function policyLoss(tokens: TokenBatch, options: PolicyLossOptions = {}): PolicyLoss {
	const settings = policyLossSettings(options);
	const { aggregation, beta, klEstimator, klLibrary, nonFinite, useBiasCorrectionKl } = settings;
	const skips = nonFinite === 'throw';
	checkTokenBatch('policyLoss', tokens, skips);
	if (beta !== 0 && !tokens.refLogProbs) {
		throw new RangeError(`policyLoss: beta = ${beta} needs refLogProbs, got none`);
	}
	const { batch, length } = tokens;
	const size = batch * length;
	const mask = tokens.mask ? float64(tokens.mask) : new Float64Array(size).fill(1);
	const logProbs = float64(tokens.logProbs);
	const oldLogProbs = float64(tokens.oldLogProbs ?? logProbs);
	const refLogProbs = float64(tokens.refLogProbs ?? []);
	let advantages = float64(tokens.advantages);
	if (advantages.length !== size) {
		const ofRows = advantages;
		advantages = new Float64Array(size).map((_, i) => ofRows[Math.floor(i / length)]);
	}
	const aggregated = aggregationWeights(mask, batch, length, aggregation, settings);
	const { weights, counts } = aggregated;
	if (skips && Number.isNaN(weights[0])) {
		throw new RangeError(
			`policyLoss: mask must keep a token for aggregation ${aggregation}, got none`
		);
	}

	const logRatios = new Float64Array(size);
	for (let i = 0; i < size; i++) {
		if (!skips || mask[i] !== 0) logRatios[i] = logProbs[i] - oldLogProbs[i];
	}
	const geometric = settings.objective === 'gmpo';
	const level = geometric ? 'sequence' : settings.importanceSamplingLevel;
	let clippedLogRatios = logRatios;
	if (geometric) {
		const { epsilon, epsilonHigh, lengthEpsilon } = settings;
		clippedLogRatios = logRatios.map((l, i) =>
			gmpoLogRatio(l, advantages[i], epsilon, epsilonHigh)
		);
		advantages = rowMeans(advantages, mask, length, lengthEpsilon);
	}
	const { ratios, shares } = importanceRatios(clippedLogRatios, mask, batch, length, {
		...settings,
		importanceSamplingLevel: level,
		lengthEpsilon: geometric ? settings.lengthEpsilon : 0,
		leaks: !skips
	});
	const couples = level === 'sequence' || level === 'sequence_sum';

	const clippedRatios = new Float64Array(size);
	const branches = new Uint8Array(size);
	const coefficients = new Float64Array(size);
	const policyTerms = new Float64Array(size);
	const klTerms = new Float64Array(size);
	const contributions = new Float64Array(size);
	const gradients = new Float64Array(size);
	const onBranch = new Float64Array(branchNames.length);
	const token = {} as TokenObjective;
	let loss = 0;
	let klSum = 0;
	let logRatioSum = 0;
	for (let b = 0; b < batch; b++) {
		const empty = counts[b] === 0;
		const guarded = nonFinite === 'where' && guardsMasked(aggregation, counts[b]);
		/** Σ weight × d term / d log ratio over the row, for a ratio that its tokens share. */
		let throughRow = 0;
		for (let i = b * length; i < (b + 1) * length; i++) {
			const counted = mask[i] !== 0;
			if (!counted && skips) {
				ratios[i] = 0;
				continue;
			}
			tokenObjective(token, settings, ratios[i], advantages[i], logProbs[i]);
			if (geometric) {
				token.clippedRatio = Math.exp(clippedLogRatios[i]);
				token.branch = policyBranch(clippedLogRatios[i], logRatios[i], clippedLogRatios[i]);
				if (token.branch !== branchCode.ratio) shares[i] = 0;
			}
			let { throughRatio, direct } = token;
			let kl = 0;
			if (beta !== 0 && !(empty && aggregation === 'seq-mean')) {
				const bias = useBiasCorrectionKl ? ratios[i] : 1;
				kl = bias * libraryKl(klLibrary, klEstimator, logProbs[i], refLogProbs[i]);
				direct +=
					beta * bias * libraryKlGradient(klLibrary, klEstimator, logProbs[i], refLogProbs[i]);
				if (useBiasCorrectionKl) throughRatio += beta * kl;
			}
			const term = beta === 0 ? token.term : token.term + beta * kl;
			const reaches = counted || !guarded;
			const upstream = reaches ? weights[i] * mask[i] : 0;
			contributions[i] = weights[i] * (reaches ? term : 0);
			// a held ratio has gradient 0 also where the weight is 0/0
			if (direct !== 0) gradients[i] = upstream * direct;
			if (couples) throughRow += upstream * throughRatio;
			else if (shares[i] !== 0 && throughRatio !== 0) gradients[i] += upstream * throughRatio;

			clippedRatios[i] = token.clippedRatio;
			coefficients[i] = token.coefficient;
			policyTerms[i] = token.term;
			klTerms[i] = kl;
			if (!counted) continue;
			const clamped = token.branch === branchCode.ratio && shares[i] === 0 && token.direct === 0;
			branches[i] = clamped ? branchCode.clamp : token.branch;
			onBranch[branches[i]]++;
			klSum += kl;
			logRatioSum += logRatios[i];
		}
		for (let i = b * length; i < (b + 1) * length; i++) {
			loss += contributions[i];
			if (couples && shares[i] !== 0) gradients[i] += throughRow * shares[i] * mask[i];
		}
	}
	const share = (sum: number) => sum / Math.max(aggregated.tokens, 1);
	return {
		loss,
		gradients,
		logRatios,
		ratios,
		clippedRatios,
		branches,
		coefficients,
		policyTerms,
		klTerms,
		weights,
		contributions,
		tokens: aggregated.tokens,
		clipFractionLow: share(onBranch[branchCode.clipLow]),
		clipFractionHigh: share(onBranch[branchCode.clipHigh]),
		boundFraction: share(onBranch[branchCode.bound]),
		meanKl: share(klSum),
		approxKl: share(-logRatioSum)
	};
}
