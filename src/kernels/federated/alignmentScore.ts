import { jensenShannon } from './jensenShannon';

export interface AlignmentOptions {
	/**
	 * What a question gives whose distance cannot be computed (a prediction of NaN or of zeros only).
	 * 'throw' (default) refuses it. 'perfect' counts distance 0, a perfect score, as the official
	 * evaluation does: a model that predicts NaN everywhere then scores 1.
	 */
	nanDistance?: 'throw' | 'perfect';
}

export interface AlignmentScore {
	/** 1 − mean distance, in [1 − √ln 2, 1] = [.167445, 1]. */
	score: number;
	/** Jensen–Shannon distance of each question, natural logarithm. */
	distances: Float64Array;
}

/**
 * How well predicted shares match a group's own, question by question:
 *
 *     AS = 1 − mean_q √JSD(predicted_q, actual_q)        (natural logarithm)
 *
 * The scale does not start at 0: opinions without any overlap still score 1 − √ln 2 = .167445, and
 * the uniform prediction scores far above that (see uniformAlignment).
 *
 * Source: performance_metric/calculate_jd.py of github.com/MoSrewa/PluralLLM, after train_gpo.py of
 * GPO. Both average over all questions of all groups together; per group here.
 * Cost: O(all options). Throws RangeError for no questions, lists of different length, or where
 * jensenShannon does.
 * Worked value: actual (.5, .5) and (1, 0), both predicted (.5, .5): distances 0 and .464501,
 * score .767749.
 */
export function alignmentScore(
	predicted: readonly ArrayLike<number>[],
	actual: readonly ArrayLike<number>[],
	{ nanDistance = 'throw' }: AlignmentOptions = {}
): AlignmentScore {
	if (predicted.length === 0 || predicted.length !== actual.length) {
		throw new RangeError(
			`alignmentScore: predicted and actual must list the same questions, at least one, got ${predicted.length} and ${actual.length}`
		);
	}
	const invalid = nanDistance === 'perfect' ? 'scipy' : 'throw';
	let sum = 0;
	const distances = Float64Array.from(predicted, (shares, question) => {
		const { distance } = jensenShannon(shares, actual[question], { invalid });
		const counted = Number.isNaN(distance) ? 0 : distance;
		sum += counted;
		return counted;
	});
	return { score: 1 - sum / predicted.length, distances };
}

/** The lowest possible score, 1 − √ln 2 ≈ .167445: all predicted options unchosen, all chosen ones unpredicted. */
export const lowestAlignment = 1 - Math.sqrt(Math.LN2);
