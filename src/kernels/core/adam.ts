export interface AdamState {
	/** Running mean of the gradient and of its square, per parameter, and the steps taken. */
	mean: Float64Array;
	square: Float64Array;
	steps: number;
}

export interface AdamOptions {
	betas?: readonly [number, number];
	/** Added to the root of the mean square. */
	epsilon?: number;
	/** Decoupled, as in AdamW: each step also takes learningRate · weightDecay · parameter away. */
	weightDecay?: number;
}

export function createAdam(size: number): AdamState {
	return { mean: new Float64Array(size), square: new Float64Array(size), steps: 0 };
}

export function resetAdam(state: AdamState): void {
	state.mean.fill(0);
	state.square.fill(0);
	state.steps = 0;
}

/**
 * One step of Adam, in place, with PyTorch's defaults and its place for epsilon:
 *
 *     m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
 *     θ ← θ − lr · (m / (1−β₁ᵗ)) / (√(v / (1−β₂ᵗ)) + ε)
 *
 * Kingma and Ba, arXiv 1412.6980, Algorithm 1. Cost: O(size), nothing is allocated.
 * Throws RangeError where the sizes differ.
 * Worked value: the first step moves every parameter with a gradient by learningRate, whatever the
 * gradient's size.
 */
export function adamStep(
	state: AdamState,
	parameters: Float64Array,
	gradient: Float64Array,
	learningRate: number,
	{ betas: [beta1, beta2] = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0 }: AdamOptions = {}
): void {
	const { mean, square } = state;
	if (mean.length !== parameters.length || gradient.length !== parameters.length) {
		throw new RangeError(
			`adamStep: sizes must agree, got ${parameters.length} parameters, ${gradient.length} gradients, state for ${mean.length}`
		);
	}
	state.steps++;
	const meanBias = 1 - beta1 ** state.steps;
	const squareBias = Math.sqrt(1 - beta2 ** state.steps);
	for (let i = 0; i < parameters.length; i++) {
		const g = gradient[i];
		mean[i] = beta1 * mean[i] + (1 - beta1) * g;
		square[i] = beta2 * square[i] + (1 - beta2) * g * g;
		const size = Math.sqrt(square[i]) / squareBias + epsilon;
		parameters[i] -= learningRate * (mean[i] / meanBias / size + weightDecay * parameters[i]);
	}
}
