import { elementCount, type ParameterLayout } from './parameterLayout';

export interface AdamWState {
	/** Running mean of the gradient and of its square, per parameter, and the steps taken. */
	mean: Float32Array;
	square: Float32Array;
	steps: number;
}

export interface AdamWOptions {
	betas?: readonly [number, number];
	/** ε, added to the root of the mean square. */
	epsilon?: number;
	/** λ. TRL's and the Hugging Face trainer's default is 0, PyTorch's .01. */
	weightDecay?: number;
	/** 1 where a parameter decays, 0 where it does not; `decayMask` makes it. Default: all decay. */
	decayMask?: Uint8Array;
}

export function createAdamW(size: number): AdamWState {
	return { mean: new Float32Array(size), square: new Float32Array(size), steps: 0 };
}

/**
 * Which parameters weight decay pulls on: matrices (two axes or more) do, biases and the gains of
 * norms (one axis) do not. nanoGPT takes this rule; the Hugging Face trainer goes by name (no bias,
 * no norm layer), which is the same set for a transformer.
 *
 * Cost: O(size).
 */
export function decayMask(size: number, layout: ParameterLayout): Uint8Array {
	const mask = new Uint8Array(size);
	for (const { offset, shape } of Object.values(layout)) {
		if (shape.length >= 2) mask.fill(1, offset, offset + elementCount(shape));
	}
	return mask;
}

/**
 * One step of AdamW on float32 parameters, in place, as torch.optim.AdamW takes it:
 *
 *     θ ← θ − lr·λ·θ                                     where the mask is 1
 *     m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
 *     θ ← θ − lr · (m / (1−β₁ᵗ)) / (√(v / (1−β₂ᵗ)) + ε)
 *
 * The decay is decoupled: it is no part of g, so the running means never see it. Loshchilov and
 * Hutter, arXiv 1711.05101, Algorithm 2, shrink by λ alone times the schedule's factor; PyTorch
 * shrinks by lr·λ, so a larger learning rate decays more.
 *
 * Cost: O(size), nothing is allocated. Throws RangeError where sizes differ or the learning rate is
 * negative or not finite.
 * Worked value: the first step moves a parameter with a gradient by lr, whatever the gradient's size:
 * θ = 1, g = 4, lr = .1, λ = 0 gives .9; with λ = .5 the decay takes .05 more, .85.
 */
export function adamWStep(
	state: AdamWState,
	parameters: Float32Array,
	gradient: Float32Array,
	learningRate: number,
	{ betas = [0.9, 0.999], epsilon = 1e-8, weightDecay = 0, decayMask }: AdamWOptions = {}
): void {
	const { mean, square } = state;
	const size = parameters.length;
	if (
		mean.length !== size ||
		gradient.length !== size ||
		(decayMask ?? parameters).length !== size
	) {
		throw new RangeError(
			`adamWStep: sizes must agree, got ${size} parameters, ${gradient.length} gradients, state for ${mean.length}, mask for ${decayMask?.length ?? size}`
		);
	}
	if (!(learningRate >= 0 && learningRate < Infinity)) {
		throw new RangeError(`adamWStep: learningRate must be finite and ≥ 0, got ${learningRate}`);
	}
	const [beta1, beta2] = betas;
	state.steps++;
	const stepSize = learningRate / (1 - beta1 ** state.steps);
	const squareBias = Math.sqrt(1 - beta2 ** state.steps);
	const shrink = learningRate * weightDecay;
	for (let i = 0; i < size; i++) {
		const g = gradient[i];
		const m = (mean[i] = beta1 * mean[i] + (1 - beta1) * g);
		const v = (square[i] = beta2 * square[i] + (1 - beta2) * g * g);
		const decay = decayMask === undefined || decayMask[i] !== 0 ? shrink * parameters[i] : 0;
		parameters[i] -= decay + (stepSize * m) / (Math.sqrt(v) / squareBias + epsilon);
	}
}
