import { adamWStep, decayMask } from '../lm/adamW';
import { clipGradient } from '../lm/clipGradient';
import type { LabRun } from './labRun';

/** Clips the workspace's gradient and moves the policy by it. Returns the norm before clipping. */
export function takeOptimizerStep(
	run: LabRun,
	gradient: Float32Array,
	learningRate: number
): number {
	const { policy, state } = run;
	const { weightDecay, maxGradNorm } = state.config;
	const { norm } = clipGradient(gradient, maxGradNorm);
	adamWStep(state.optimizer, policy.parameters, gradient, learningRate, {
		weightDecay,
		decayMask: weightDecay > 0 ? decayMask(policy.parameters.length, policy.layout) : undefined
	});
	return norm;
}
