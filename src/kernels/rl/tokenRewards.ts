import { checkFinite } from './checkFinite';
import { presetWith } from './presetWith';
import {
	tokenRewardPresets,
	type TokenRewardLibrary,
	type TokenRewardSettings
} from './tokenRewardPresets';
import { checkTokenRows, type TokenRows } from './tokenRows';

export interface TokenRewardOptions extends Partial<TokenRewardSettings> {
	/** β, in units of reward per nat. TRL's default: 0.05. */
	klCoef?: number;
	/** Scores are held within these two numbers first (OpenRLHF's reward.clip_range). */
	rewardClipRange?: readonly [number, number];
	/** Settings of one library. Without it the score goes on the last token, and bad input throws. */
	library?: TokenRewardLibrary;
}

const strict: Readonly<TokenRewardSettings> = {
	scoreAt: 'last',
	maskedKl: 'zero',
	negativeKlCoef: 'throw',
	emptyRow: 'throw'
};

/**
 * Rewards per token from one score an answer and a KL estimate a token:
 *
 *     r_it = −β kl_it + score_i · [t is the last token of answer i]
 *
 * The score says how good the whole answer is, the penalty where it left the reference policy. This is
 * what PPO and REINFORCE++ train on (Ziegler et al., arXiv 1909.08593); GRPO puts the KL into the loss
 * instead. `kl` is an estimate per token, of klK1 or another of klEstimators, one row an answer.
 *
 * verl and OpenRLHF put the score on the last unmasked token, TRL on the position after it, if there is
 * one. verl leaves the KL of masked tokens out; OpenRLHF keeps it here (gae and rewardToGo drop it).
 * OpenRLHF takes β < 0 as 0. `tokenRewardPresets` has each.
 *
 * Cost: O(tokens). Throws RangeError for a mask that is not 0 and 1 in the shape of kl, scores that are
 * not one a row, an empty row, a clip range that is not two rising numbers, and, unless a library is
 * asked for, for β < 0, a fully masked row, or a score or β that is not finite.
 * Worked value: score 1, kl (.5, −.2, .1), mask of ones, β = .1: (−.05, .02, .99).
 */
export function tokenRewards(
	scores: readonly number[],
	kl: TokenRows,
	mask: TokenRows,
	options: TokenRewardOptions = {}
): number[][] {
	const { klCoef = 0.05, rewardClipRange, library } = options;
	const { scoreAt, maskedKl, negativeKlCoef, emptyRow } = presetWith<TokenRewardSettings>(
		library ? tokenRewardPresets[library] : strict,
		options
	);
	checkTokenRows('tokenRewards', { kl }, mask);
	if (scores.length !== mask.length) {
		throw new RangeError(
			`tokenRewards: scores must be one per row (${mask.length}), got ${scores.length}`
		);
	}
	if (!library) {
		checkFinite('tokenRewards', 'scores', scores);
		if (!Number.isFinite(klCoef)) {
			throw new RangeError(`tokenRewards: klCoef must be finite, got ${klCoef}`);
		}
	}
	if (klCoef < 0 && negativeKlCoef === 'throw') {
		throw new RangeError(`tokenRewards: klCoef must be ≥ 0, got ${klCoef}`);
	}
	const [low, high] = rewardClipRange ?? [-Infinity, Infinity];
	if (!(low <= high)) {
		throw new RangeError(`tokenRewards: rewardClipRange must rise, got ${low} … ${high}`);
	}
	const beta = klCoef < 0 && negativeKlCoef === 'zero' ? 0 : klCoef;
	return kl.map((row, i) => {
		if (row.length === 0) throw new RangeError(`tokenRewards: kl[${i}] must not be empty`);
		let last = mask[i].lastIndexOf(1);
		if (last < 0) {
			if (emptyRow === 'throw') {
				throw new RangeError(`tokenRewards: mask[${i}] must keep at least one token`);
			}
			last = emptyRow === 'first' ? 0 : row.length - 1;
		} else if (scoreAt === 'after-last' && last + 1 < row.length) {
			last++;
		}
		const score = Math.max(low, Math.min(high, scores[i]));
		return row.map((value, t) => {
			const penalty = -beta * (maskedKl === 'zero' && !mask[i][t] ? 0 : value);
			return t === last ? penalty + score : penalty;
		});
	});
}
