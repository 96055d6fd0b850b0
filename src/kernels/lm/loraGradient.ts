import { loraPairs, type Lora } from './createLora';
import type { Model } from './createModel';

/**
 * From the gradient dW' of the merged model (what backward gives) to that of the factors, in the order
 * of the LoRA's layout:
 *
 *     dA = (alpha/r)·Bᵀ·dW',   dB = (alpha/r)·dW'·Aᵀ
 *
 * It is the same as going back through the two factors token by token. Everything else in dW' is left
 * alone: only the factors are trained.
 *
 * Cost: 2·r products for each number of the matrices. Throws RangeError for arrays of other sizes.
 */
export function loraGradient(
	model: Model,
	lora: Lora,
	gradient: Float32Array,
	into = new Float32Array(lora.parameters.length)
): Float32Array {
	for (const [name, got, want] of [
		['gradient', gradient.length, model.parameters.length],
		['into', into.length, lora.parameters.length]
	] as const) {
		if (got !== want) {
			throw new RangeError(`loraGradient: ${name} must have ${want} numbers, got ${got}`);
		}
	}
	const { config, parameters, scaling } = lora;
	const { r } = config;
	into.fill(0);
	for (const { weight, outputs, inputs, a, b } of loraPairs(model, lora)) {
		for (let o = 0; o < outputs; o++) {
			for (let k = 0; k < r; k++) {
				const factor = scaling * parameters[b + o * r + k];
				let sum = 0;
				for (let i = 0; i < inputs; i++) {
					const d = gradient[weight + o * inputs + i];
					sum += d * parameters[a + k * inputs + i];
					into[a + k * inputs + i] += factor * d;
				}
				into[b + o * r + k] = scaling * sum;
			}
		}
	}
	return into;
}
