export interface LearningRateSchedule {
	/** The largest learning rate, reached at the end of the warm-up. */
	learningRate: number;
	/**
	 * 'linear' and 'cosine' fall to 0 at maxSteps. 'constant' ignores the warm-up, as the Hugging Face
	 * trainer does; 'constant_with_warmup' has it.
	 */
	lrSchedulerType: 'constant' | 'constant_with_warmup' | 'linear' | 'cosine';
	/** Steps in which the rate rises linearly from 0. */
	warmupSteps?: number;
	/** Optimiser steps of the whole run. */
	maxSteps: number;
}

/**
 * The learning rate of one optimiser step, counted from 0, with the Hugging Face trainer's formulas:
 *
 *     step < warmup:   lr · step / warmup
 *     linear:          lr · max(0, (max − step) / max(1, max − warmup))
 *     cosine:          lr · (1 + cos(π · (step − warmup) / max(1, max − warmup))) / 2
 *
 * With a warm-up the first step has rate 0: it moves nothing. Past maxSteps 'linear' stays at 0 while
 * 'cosine' rises again (half a wave more), as in the library.
 *
 * Cost: constant. Throws RangeError for a rate that is negative or not finite, and steps that are no
 * integers ≥ 0.
 * Worked value: lr 1, cosine, warmupSteps 10, maxSteps 110: .5 at step 5, 1 at step 10, .5 at step 60.
 */
export function learningRate(
	{ learningRate, lrSchedulerType, warmupSteps = 0, maxSteps }: LearningRateSchedule,
	step: number
): number {
	if (!(learningRate >= 0 && learningRate < Infinity)) {
		throw new RangeError(`learningRate: learningRate must be finite and ≥ 0, got ${learningRate}`);
	}
	for (const [name, value] of Object.entries({ warmupSteps, maxSteps, step })) {
		if (!Number.isInteger(value) || value < 0) {
			throw new RangeError(`learningRate: ${name} must be an integer ≥ 0, got ${value}`);
		}
	}
	if (lrSchedulerType === 'constant') return learningRate;
	if (step < warmupSteps) return (learningRate * step) / warmupSteps;
	const decaySteps = Math.max(1, maxSteps - warmupSteps);
	switch (lrSchedulerType) {
		case 'constant_with_warmup':
			return learningRate;
		case 'linear':
			return learningRate * Math.max(0, (maxSteps - step) / decaySteps);
		case 'cosine': {
			const progress = (step - warmupSteps) / decaySteps;
			return (learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
		}
	}
}
