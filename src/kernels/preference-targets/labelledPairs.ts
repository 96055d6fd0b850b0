import { sigmoid } from '../core/sigmoid';
import type { AnswerPair } from '../preference/finiteSetDpo';

export interface LabelledPairsOptions {
	/** Share of labels that are flipped (ε), below ½. */
	noise?: number;
	/** 'bradley-terry': i beats j with σ(r_i − r_j). 'certain': the better answer always wins. */
	labels?: 'bradley-terry' | 'certain';
	/** An answer that is in no pair. */
	missing?: number;
}

/**
 * All pairs of answers as endlessly many labels see them, each direction with its frequency:
 *
 *     P(i ≻ j) = (1 − 2ε) p_ij + ε,   p_ij = σ(r_i − r_j), or 1, ½, 0 where labels are certain
 *
 * Cost: O(answers²). Throws RangeError for noise outside [0, ½], a reward that is not finite, and a missing
 * answer that does not exist.
 * Worked value: rewards (1, 0), ε = 0: 0 beats 1 with 0.731059, 1 beats 0 with 0.268941.
 */
export function labelledPairs(
	rewards: readonly number[],
	{ noise = 0, labels = 'bradley-terry', missing }: LabelledPairsOptions = {}
): AnswerPair[] {
	if (!(noise >= 0 && noise <= 0.5)) {
		throw new RangeError(`labelledPairs: noise must be in [0, 0.5], got ${noise}`);
	}
	const bad = rewards.findIndex((reward) => !Number.isFinite(reward));
	if (bad >= 0) {
		throw new RangeError(`labelledPairs: rewards[${bad}] must be finite, got ${rewards[bad]}`);
	}
	if (missing !== undefined && !(missing in rewards)) {
		throw new RangeError(
			`labelledPairs: missing must be one of the ${rewards.length} answers, got ${missing}`
		);
	}
	const wins = (gap: number) => (labels === 'certain' ? (Math.sign(gap) + 1) / 2 : sigmoid(gap));
	const pairs: AnswerPair[] = [];
	rewards.forEach((mine, chosen) =>
		rewards.forEach((theirs, rejected) => {
			if (chosen === rejected || chosen === missing || rejected === missing) return;
			const weight = (1 - 2 * noise) * wins(mine - theirs) + noise;
			if (weight > 0) pairs.push({ chosen, rejected, weight });
		})
	);
	return pairs;
}
