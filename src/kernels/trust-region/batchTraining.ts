import type { Stream } from '../core/stream';
import { innerSteps, type InnerBatch, type InnerStep, type InnerStepsOptions } from './innerSteps';

export interface BatchTrainingOptions extends InnerStepsOptions {
	/** Batches sampled, one after the other. */
	batches: number;
}

export interface TrainedBatch {
	batch: InnerBatch;
	/** Entry 0 is the policy that sampled; the last one samples the next batch. */
	steps: InnerStep[];
}

/**
 * Training as PPO does it: sample a batch, take several gradient steps on it (innerSteps), sample the
 * next one from the policy that came out. It starts with every approach equally likely.
 *
 * Cost: O(batches · (G + numIterations · approaches)). Throws RangeError as innerSteps, and for batches
 * that are not a whole number ≥ 1.
 */
export function batchTraining(
	stream: Stream,
	{ batches, ...options }: BatchTrainingOptions
): TrainedBatch[] {
	if (!Number.isInteger(batches) || batches < 1) {
		throw new RangeError(`batchTraining: batches must be a whole number ≥ 1, got ${batches}`);
	}
	let logits = new Float64Array(options.success.length);
	return Array.from({ length: batches }, () => {
		const trained = innerSteps(stream, logits, options);
		logits = Float64Array.from(trained.steps.at(-1)!.logits);
		return trained;
	});
}
