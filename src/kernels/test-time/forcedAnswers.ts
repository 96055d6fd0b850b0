import type { Stream } from '../core/stream';
import type { TrainingCost, TrainMetaOptions } from './trainMetaOptions';

/**
 * The meta-prover's estimate of J at a prefix that leaves `remaining` candidates: the share of right
 * ones among options.forcedAnswers forced answers, whose tokens are added to `cost`. With 'exact'
 * the value 1/remaining itself, free of charge (no such thing exists outside a toy).
 *
 * The estimate's variance is J(1−J)/m. Cost: O(m).
 * Throws RangeError for a number of answers that is not a positive integer.
 */
export function forcedAnswers(
	remaining: number,
	options: Pick<TrainMetaOptions, 'forcedAnswers' | 'task'>,
	stream: Stream,
	cost: TrainingCost
): number {
	const samples = options.forcedAnswers;
	if (samples === 'exact') return 1 / remaining;
	if (!Number.isInteger(samples) || samples < 1) {
		throw new RangeError(
			`forcedAnswers: forcedAnswers must be a positive integer or 'exact', got ${samples}`
		);
	}
	cost.forcedAnswers += samples;
	cost.tokens += samples * options.task.tokens.stop;
	let right = 0;
	for (let i = 0; i < samples; i++) if (stream.uniform() * remaining < 1) right++;
	return right / samples;
}
