import { checkFinite } from './checkFinite';
import { gaePresets, type GaeLibrary, type GaeSettings } from './gaePresets';
import { presetWith } from './presetWith';
import { checkTokenRows, type TokenRows } from './tokenRows';

export interface GaeOptions extends Partial<GaeSettings> {
	/** Discount per token, in [0, 1]. TRL's default: 1. */
	gamma?: number;
	/** λ in [0, 1]: 0 trusts the values, 1 the rewards. TRL's default: 0.95. */
	lam?: number;
	/** Settings of one library for all that is not given. Without it TRL's, but bad values throw. */
	library?: GaeLibrary;
}

export interface Gae {
	/** TD error of each token; 0 where a token is skipped. */
	deltas: number[][];
	/** A_t, not whitened. */
	advantages: number[][];
	/** A_t + V_t: what the value function is trained towards. */
	returns: number[][];
}

/**
 * Generalized advantage estimation along each sequence, backwards from its last token:
 *
 *     δ_t = r_t + γ V_{t+1} − V_t        V behind the last token: 0
 *     A_t = δ_t + γλ A_{t+1}
 *     R_t = A_t + V_t
 *
 * Rewards, values and mask have one row a sequence, one number a token. λ = 0 gives the TD error: no
 * noise from later tokens, all the error of V. λ = 1 gives the discounted rewards to come less V_t: no
 * error from V, all the noise. With γ = λ = 1 and one reward at the end, A_t = R − V_t.
 *
 * Paper: Schulman et al., arXiv 1506.02438, eq. 16. The libraries differ over tokens that the policy did
 * not write (the mask of a tool's output): verl skips them, TRL and Search-R1 take them as steps,
 * OpenRLHF as steps of value and reward 0. With γ = λ = 1 and no rewards there, this changes no
 * unmasked token; below 1 it discounts for the tool's length. `gaePresets` has each. TRL, verl and
 * Search-R1 whiten the advantages next, OpenRLHF over the whole batch (`whiten` with the same
 * library); the returns stay as they are.
 *
 * Cost: O(tokens). Throws RangeError for γ or λ outside [0, 1], a mask that is not 0 and 1 in the shape
 * of rewards and values, and, unless a library is asked for, rewards or values that are not finite.
 * Worked value: r = (0, 0, 0, 1), V = (.2, .4, .5, .7), γ = 1, λ = .95: A = (.7327125, .56075, .485, .3).
 */
export function gae(
	rewards: TokenRows,
	values: TokenRows,
	mask: TokenRows,
	{ gamma = 1, lam = 0.95, library, ...given }: GaeOptions = {}
): Gae {
	for (const [name, share] of Object.entries({ gamma, lam })) {
		if (!(share >= 0 && share <= 1)) {
			throw new RangeError(`gae: ${name} must be in [0, 1], got ${share}`);
		}
	}
	const { maskedTokens, nanValues } = presetWith<GaeSettings>(
		library ? gaePresets[library] : { ...gaePresets.trl, nanValues: 'throw' },
		given
	);
	checkTokenRows('gae', { rewards, values }, mask);
	if (nanValues === 'throw') {
		mask.forEach((_, i) => {
			checkFinite('gae', `rewards[${i}]`, rewards[i]);
			checkFinite('gae', `values[${i}]`, values[i]);
		});
	}
	const result: Gae = { deltas: [], advantages: [], returns: [] };
	mask.forEach((kept, i) => {
		const deltas = new Array<number>(kept.length);
		const advantages = new Array<number>(kept.length);
		const returns = new Array<number>(kept.length);
		let nextValue = 0;
		let nextAdvantage = 0;
		for (let t = kept.length - 1; t >= 0; t--) {
			// Products with the mask, not branches on it: 0 · NaN is NaN, as in the libraries.
			const weight = maskedTokens === 'zero' ? kept[t] : 1;
			const orNext = (own: number, next: number) =>
				maskedTokens === 'skip' ? own * kept[t] + next * (1 - kept[t]) : own;
			const value = values[i][t] * weight;
			const delta = rewards[i][t] * weight + gamma * nextValue - value;
			nextAdvantage = orNext(delta + gamma * lam * nextAdvantage, nextAdvantage);
			nextValue = orNext(value, nextValue);
			deltas[t] = maskedTokens === 'skip' && !kept[t] ? 0 : delta;
			advantages[t] = nextAdvantage;
			returns[t] = nextAdvantage + value;
		}
		result.deltas.push(deltas);
		result.advantages.push(advantages);
		result.returns.push(returns);
	});
	return result;
}
