import { cispoWeight } from './cispoWeight';
import { clippedCoefficient } from './clippedSurrogate';
import { branchCode, policyBranch } from './policyBranch';
import type { PolicyLossSettings } from './policyLossPresets';
import { sapoGate, sapoSlope } from './sapoGate';

/** One token's part of the loss before weights and KL. One object serves all tokens of a batch. */
export interface TokenObjective {
	/** −objective */
	term: number;
	/** What multiplies A, or A·log π. */
	coefficient: number;
	/** The ratio held within the clip's edges. */
	clippedRatio: number;
	/** A code of policyBranch. */
	branch: number;
	/** d term / d log ratio */
	throughRatio: number;
	/** d term / d log π while the ratio is held. */
	direct: number;
}

/**
 * Fills `out` for one token of `policyLoss`, whose ratio may be its own or its sequence's:
 *
 *     clip     −c·A        c: clippedCoefficient
 *     cispo    −w·A·log π  w: cispoWeight, held
 *     sapo     −f(r)·A     f: sapoGate
 *     gmpo     −r·A        r: the geometric mean of ratios that were clipped before
 *     gpg      −A·log π
 *
 * For r = Infinity a ratio that is held, or whose A is 0, gives 0. Autograd gives 0·∞ = NaN there, even
 * where the clip holds, and so do TRL and Search-R1, which have no clamp: with nonFinite 'propagate' and
 * 'where' it is NaN here too.
 *
 * Cost: constant, no allocation. Throws nothing.
 * Worked value: clip, r = 1.5, A = 2, ε = 0.2: term −2.4, coefficient 1.2, throughRatio 0.
 */
export function tokenObjective(
	out: TokenObjective,
	settings: PolicyLossSettings & { epsilonHigh: number },
	ratio: number,
	advantage: number,
	logProb: number
): void {
	const { objective, epsilon, epsilonHigh } = settings;
	const zero = settings.nonFinite === 'throw' ? 0 : 0 * ratio;
	out.clippedRatio = ratio;
	out.branch = branchCode.ratio;
	out.throughRatio = 0;
	out.direct = 0;
	if (objective === 'clip') {
		const { delta, dualClip } = settings;
		out.clippedRatio = Math.max(1 - epsilon, Math.min(1 + epsilonHigh, ratio));
		out.coefficient =
			advantage === 0
				? ratio
				: clippedCoefficient(ratio, advantage, epsilon, epsilonHigh, delta, dualClip);
		out.branch = policyBranch(out.coefficient, ratio, out.clippedRatio);
		out.term = advantage === 0 ? zero : -out.coefficient * advantage;
		out.throughRatio = out.branch === branchCode.ratio ? out.term : zero;
	} else if (objective === 'cispo') {
		out.clippedRatio = cispoWeight(ratio, epsilon, epsilonHigh, settings.cispoBounds);
		out.coefficient = out.clippedRatio;
		out.branch = policyBranch(out.coefficient, ratio, out.clippedRatio);
		out.direct = -out.coefficient * advantage;
		out.term = out.direct * logProb;
	} else if (objective === 'sapo') {
		const temperature = advantage > 0 ? settings.sapoTemperaturePos : settings.sapoTemperatureNeg;
		out.coefficient = sapoGate(ratio, temperature);
		out.term = -out.coefficient * advantage;
		out.throughRatio = zero - sapoSlope(ratio, temperature) * advantage;
	} else if (objective === 'gmpo') {
		out.coefficient = ratio;
		out.term = out.throughRatio = -ratio * advantage;
	} else {
		out.coefficient = 1;
		out.direct = -advantage;
		out.term = out.direct * logProb;
	}
}
