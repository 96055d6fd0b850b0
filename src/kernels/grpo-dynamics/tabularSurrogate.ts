import { logSoftmax } from '../core/softmax';
import { clippedSurrogate, type ClipOptions } from '../rl/clippedSurrogate';
import { klK3 } from '../rl/klEstimators';
import type { TabularBatch } from './tabularBatch';

export interface TabularSurrogateOptions extends ClipOptions {
	/** Weight of the k3 penalty to the reference. */
	beta: number;
	/** Weight of the k3 penalty to the policy that sampled. It pulls from the second inner step on. */
	alpha: number;
	/** Weigh k3 with the ratio, so that its mean is KL(π‖·) for the new π too (TRL's name). */
	useBiasCorrectionKl: boolean;
}

export interface TabularSurrogate {
	/** To be maximised. */
	value: number;
	/** d value / d logits */
	gradient: Float64Array;
	/** Share of samples on the clip's flat branch. */
	clipFraction: number;
}

/**
 * k3 and its derivative in log π, or those of ratio·k3, which are
 * e^{log π_ref − log π_old} + ratio (L − 1) and ratio·L for L = log π − log π_ref: finite also as π → 0.
 */
function penalty(logProb: number, towards: number, oldLogProb: number, corrected: boolean) {
	if (!corrected) {
		return { value: klK3(logProb, towards), slope: -Math.expm1(towards - logProb) };
	}
	const ratio = Math.exp(logProb - oldLogProb);
	const gap = logProb - towards;
	return { value: Math.exp(towards - oldLogProb) + ratio * (gap - 1), slope: ratio * gap };
}

/**
 * GRPO's objective on the sampled answers of one prompt, with its gradient in the logits θ of a softmax
 * policy. An answer is one token here.
 *
 *     J(θ) = 1/N Σ_i [ min(r_i A_i, clip(r_i) A_i) − β k3(π‖π_ref)_i − α k3(π‖π_old)_i ]
 *     ∂J/∂θ_j = 1/N (c_j − π_j Σ_o c_o),   c_o: sum over the samples of answer o of d[…]/d log π(o)
 *
 * As in TRL (use_bias_correction_kl = False by default) and verl, k3 is taken at the new policy on
 * samples of the old one. Its maximum is then not that of the theory's −β KL(π‖π_ref), even for
 * infinitely many samples: only `useBiasCorrectionKl`, r_i·k3 (DeepSeek-V3.2, arXiv 2512.02556), has
 * KL(π‖π_ref) as its mean.
 *
 * Cost: O(answers). Throws RangeError as clippedSurrogate and for logits of another length.
 * Worked value: at π = π_old = π_ref the value is the mean advantage and no sample is clipped.
 */
export function tabularSurrogate(
	logits: Float64Array,
	batch: TabularBatch,
	options: TabularSurrogateOptions
): TabularSurrogate {
	const { oldLogProbs, refLogProbs, counts, size } = batch;
	if (logits.length !== counts.length) {
		throw new RangeError(
			`tabularSurrogate: logits must be ${counts.length} long, got ${logits.length}`
		);
	}
	const { beta, alpha, useBiasCorrectionKl } = options;
	const logProbs = logSoftmax(logits);
	const gradient = new Float64Array(logits.length);
	let value = 0;
	let clipped = 0;
	let total = 0;
	for (let o = 0; o < logits.length; o++) {
		if (counts[o] === 0) continue;
		const up = clippedSurrogate(logProbs[o], oldLogProbs[o], batch.positive[o], options);
		const down = clippedSurrogate(logProbs[o], oldLogProbs[o], batch.negative[o], options);
		value += up.value + down.value;
		let slope = up.gradient + down.gradient;
		if (up.branch === 'clip') clipped += batch.positiveCounts[o];
		if (down.branch === 'clip') clipped += batch.negativeCounts[o];
		if (beta > 0) {
			const kl = penalty(logProbs[o], refLogProbs[o], oldLogProbs[o], useBiasCorrectionKl);
			value -= beta * counts[o] * kl.value;
			slope -= beta * counts[o] * kl.slope;
		}
		if (alpha > 0) {
			const kl = penalty(logProbs[o], oldLogProbs[o], oldLogProbs[o], useBiasCorrectionKl);
			value -= alpha * counts[o] * kl.value;
			slope -= alpha * counts[o] * kl.slope;
		}
		gradient[o] = slope;
		total += slope;
	}
	for (let o = 0; o < logits.length; o++) {
		gradient[o] = (gradient[o] - Math.exp(logProbs[o]) * total) / size;
	}
	return { value: value / size, gradient, clipFraction: clipped / size };
}
