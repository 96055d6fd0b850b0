import { logit, sigmoid } from '../core/sigmoid';
import type { Normalisation } from '../rl/groupAdvantagePresets';
import { omegaScale } from './omega';

export interface SuccessMapParams {
	/** Success rate of the reference policy. */
	pRef: number;
	/** Weight of the KL penalty to the reference policy. */
	beta: number;
	/** ε of the whitened reward. Default 1e−5. */
	epsilon?: number;
	/** Where ε stands. Default: inside the root, as in the paper. */
	normalisation?: Normalisation;
}

export const SUCCESS_MAP_EPSILON = 1e-5;

export function checkSuccessMap(name: string, params: SuccessMapParams): void {
	const { pRef, beta, epsilon = SUCCESS_MAP_EPSILON } = params;
	if (!(pRef >= 0 && pRef <= 1)) {
		throw new RangeError(`${name}: pRef must be in [0, 1], got ${pRef}`);
	}
	if (!(beta > 0 && beta < Infinity)) {
		throw new RangeError(`${name}: beta must be positive and finite, got ${beta}`);
	}
	if (!(epsilon >= 0 && epsilon < Infinity)) {
		throw new RangeError(`${name}: epsilon must be finite and ≥ 0, got ${epsilon}`);
	}
}

/** The map for logits; see successMap. */
export function successMapLogit(at: number, params: SuccessMapParams): number {
	checkSuccessMap('successMapLogit', params);
	const { pRef, beta, epsilon = SUCCESS_MAP_EPSILON, normalisation } = params;
	if (pRef === 0) return -Infinity;
	const scale = omegaScale(sigmoid(at) * sigmoid(-at), epsilon, normalisation);
	return logit(pRef) + 1 / (beta * scale);
}

/**
 * The slope d logit h / d logit p of the map for logits:
 *
 *     g'(t) = (2p−1) · v / (2β (v+ε)^{3/2}),   v = p(1−p)     ('std+epsilon': (2p−1)√v / (2β(√v+ε)²))
 *
 * At a fixed point it equals h'(p*), and it survives where 1 − p* is far below 1e−16.
 */
export function successMapLogitSlope(at: number, params: SuccessMapParams): number {
	checkSuccessMap('successMapLogitSlope', params);
	const { beta, epsilon = SUCCESS_MAP_EPSILON, normalisation } = params;
	const variance = sigmoid(at) * sigmoid(-at);
	const scale = omegaScale(variance, epsilon, normalisation);
	// tanh(t/2) = 2p − 1; with ε = 0 the slope grows without bound towards both ends.
	if (scale === 0) return Math.tanh(at / 2) * Infinity;
	const falling =
		normalisation === 'std+epsilon' ? Math.sqrt(variance) / scale : variance / scale / scale;
	return (Math.tanh(at / 2) * falling) / (2 * beta * scale);
}

/**
 * One GRPO iteration with rewards 0 and 1, carried out exactly: the success rate of the policy that
 * maximises the group-normalised reward, whose weights come from the success rate p before, held to
 * the reference by beta·KL(π‖π_ref).
 *
 *     h(p) = 1 / (1 + (1−p_ref)/p_ref · exp(−Ω(p)/β)) = sigmoid(logit p_ref + Ω(p)/β)
 *     Ω(p) = 1 / sqrt(p(1−p) + ε)
 *
 * It depends on p through p(1−p) only, so h(p) = h(1−p); it is least at p = 1/2 and always above
 * p_ref. Computed from the logit.
 *
 * Paper: Mroueh, arXiv 2503.06639, the recurrence p_n = h(p_{n−1}), p_0 = p_ref: infinitely many
 * samples, exact maximisation, no clipping.
 * Cost: constant. Throws RangeError for p or pRef outside [0, 1], beta not positive and finite, ε
 * negative. pRef = 0 stays 0: what never happens cannot be amplified.
 * Worked value: pRef = 0.2, beta = 2, ε = 0: sigmoid(−1.386294 + 1.25) = 0.465979.
 */
export function successMap(p: number, params: SuccessMapParams): number {
	return sigmoid(successMapLogit(logit(p), params));
}

/**
 * The slope of successMap:
 *
 *     h'(p) = h(1−h) · (2p−1) / (2β (p(1−p)+ε)^{3/2})      (derived)
 *
 * Falling below p = 1/2, rising above it: h'(1−p) = −h'(p).
 * Cost, throws: as successMap. Worked value: pRef = 0.3, beta = 1.5, ε = 1e−5, p = 0.3: −0.316269.
 */
export function successMapSlope(p: number, params: SuccessMapParams): number {
	const at = logit(p);
	const next = successMapLogit(at, params);
	const spread = sigmoid(next) * sigmoid(-next);
	if (spread === 0) return 0;
	const { beta, epsilon = SUCCESS_MAP_EPSILON, normalisation } = params;
	const variance = sigmoid(at) * sigmoid(-at);
	const scale = omegaScale(variance, epsilon, normalisation);
	const cube = normalisation === 'std+epsilon' ? Math.sqrt(variance) * scale * scale : scale ** 3;
	return (spread * Math.tanh(at / 2)) / (2 * beta * cube);
}
