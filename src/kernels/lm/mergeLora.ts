import { loraPairs, type Lora } from './createLora';
import type { Model } from './createModel';

/**
 * The model with the changes added to its matrices, W + (alpha/r)·B·A: what forward, backward and
 * generate run on while a LoRA is trained, and what is saved when it is done. `into` is a copy of the
 * model that is overwritten, so that a step allocates nothing.
 *
 * Libraries compute x·Wᵀ + (alpha/r)·(x·Aᵀ)·Bᵀ without forming W'; the numbers are the same up to
 * rounding, and with r near the width of a small model this is the faster way.
 *
 * Cost: r products for each number of the matrices. Throws RangeError where `into` is of another size.
 */
export function mergeLora(model: Model, lora: Lora, into: Model): Model {
	const merged = into.parameters;
	if (merged.length !== model.parameters.length) {
		throw new RangeError(
			`mergeLora: into must have ${model.parameters.length} parameters, got ${merged.length}`
		);
	}
	merged.set(model.parameters);
	const { config, parameters, scaling } = lora;
	for (const { weight, outputs, inputs, a, b } of loraPairs(model, lora)) {
		for (let o = 0; o < outputs; o++) {
			for (let k = 0; k < config.r; k++) {
				const factor = scaling * parameters[b + o * config.r + k];
				for (let i = 0; i < inputs; i++) {
					merged[weight + o * inputs + i] += factor * parameters[a + k * inputs + i];
				}
			}
		}
	}
	return into;
}
