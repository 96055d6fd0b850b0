import { checkFinite } from '../rl/checkFinite';
import { mean } from '../core/mean';

export interface BiasUpdateOptions {
	/** γ: how far a bias moves in one step. Default 0.001, Megatron's moe_router_bias_update_rate. */
	rate?: number;
	/** Megatron adds the step as it is; TorchTitan takes the steps' mean off. Default Megatron's. */
	library?: 'megatron' | 'torchtitan';
}

/**
 * The biases after one step of balancing without an auxiliary loss: an expert with more tokens than
 * the mean becomes a little harder to choose, one with fewer a little easier.
 *
 *     Δ_i = γ · sign(mean load − load_i),   b_i ← b_i + Δ_i                       Megatron
 *                                           b_i ← b_i + Δ_i − mean(Δ)             TorchTitan
 *
 * Wang et al., Auxiliary-Loss-Free Load Balancing, arXiv 2408.15664. An exact mean load moves nothing.
 * The sign knows no size: a bias takes a full step however near the balance is, so around it the loads
 * swing, by more the larger γ. TorchTitan's biases keep their sum; which experts a token goes to does
 * not depend on it in the official gate, but does in Hugging Face's (see `gate`).
 *
 * Cost: O(experts). Throws RangeError for lists of different lengths, and numbers that are not finite.
 * Worked value: loads (17, 1, 1, 1), γ 0.001, biases 0: (−0.001, 0.001, 0.001, 0.001) in Megatron,
 * (−0.0015, 0.0005, 0.0005, 0.0005) in TorchTitan.
 */
export function biasUpdate(
	bias: readonly number[],
	loads: readonly number[],
	{ rate = 0.001, library = 'megatron' }: BiasUpdateOptions = {}
): number[] {
	if (loads.length !== bias.length) {
		throw new RangeError(`biasUpdate: loads must have ${bias.length} numbers, got ${loads.length}`);
	}
	checkFinite('biasUpdate', 'bias', bias);
	checkFinite('biasUpdate', 'loads', loads);
	checkFinite('biasUpdate', 'rate', [rate]);
	const average = mean(loads);
	const steps = loads.map((load) => rate * Math.sign(average - load));
	const shift = library === 'torchtitan' ? mean(steps) : 0;
	return bias.map((value, i) => value + steps[i] - shift);
}
