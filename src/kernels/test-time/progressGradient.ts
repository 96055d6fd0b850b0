import type { Stream } from '../core/stream';
import { forcedAnswers } from './forcedAnswers';
import { progress } from './progress';
import type { Trace } from './sampleTrace';
import { scoreGradient } from './scoreGradient';
import { lossDivisor, type TrainingCost, type TrainMetaOptions } from './trainMetaOptions';

/**
 * Adds alpha times the gradient of the progress term to `gradient`: each episode is credited with
 * its own progress Ĵ_{i+1} − Ĵ_i alone, the context before it held fixed. The last decision (stop,
 * or an episode that no longer fitted) leaves J as it is and gets 0.
 *
 *     g = alpha · mean over traces Σ_i (Ĵ_{i+1} − Ĵ_i) ∇ ln π(z_i | c_i)
 *
 * Ĵ comes from forced answers at every episode boundary, added to `cost`. With 'exact' and
 * lossType 'dr_grpo' the expectation is the exact gradient of expectedProgress at π_old = π, divided
 * by the most decisions a trace can have.
 * Paper: arXiv 2503.07572 (the progress bonus); the authors call the per-episode form MRT-online.
 * Returns the weight of each decision of each trace before division. Cost: O(decisions · answers).
 * Throws RangeError as its parts do.
 */
export function progressGradient(
	gradient: Float64Array,
	probabilities: Float64Array,
	batch: readonly Trace[],
	options: TrainMetaOptions,
	stream: Stream,
	cost: TrainingCost
): number[][] {
	return batch.map((trace) => {
		const success = trace.remaining.map((n) => forcedAnswers(n, options, stream, cost));
		const { rewards } = progress(success);
		const credits = trace.decisions.map((_, i) => options.alpha * (rewards[i] ?? 0));
		const divisor = lossDivisor(options, trace, batch.length);
		const weights = credits.map((credit) => credit / divisor);
		scoreGradient(gradient, probabilities, trace, weights);
		return credits;
	});
}
