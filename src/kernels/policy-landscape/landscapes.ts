import { logit } from '../core/sigmoid';
import type { Landscape } from './landscape';

/**
 * Two questions, one parameter each: θ₁ moves the log-odds of the first success, θ₂ those of the second.
 * Every answer is one token. Cost: constant. Throws RangeError as logit's caller: rates must lie in (0, 1).
 * Worked value: rates 0.6 and 0.1: at θ = 0 the success rates are those.
 */
export function difficultyLandscape(easy: number, hard: number): Landscape {
	for (const [name, rate] of Object.entries({ easy, hard })) {
		if (!(rate > 0 && rate < 1)) {
			throw new RangeError(`difficultyLandscape: ${name} must be in (0, 1), got ${rate}`);
		}
	}
	return [easy, hard].map((rate, i) => ({
		refLogits: [logit(rate), 0],
		features: [i === 0 ? [1, 0] : [0, 1], [0, 0]],
		rewards: [1, 0],
		lengths: [1, 1]
	}));
}

/** Tokens of the right answer, of the short wrong one and of the long wrong one. */
export const answerLengths = [2, 1, 4] as const;

/**
 * One question with one right answer, a short wrong one and a long wrong one, the two equally likely at
 * first: θ₁ moves the log-odds of right against short wrong, θ₂ those of long wrong against short wrong.
 * Worked value: lengthLandscape(0.2) has the reference (0.2, 0.4, 0.4).
 */
export function lengthLandscape(success: number): Landscape {
	if (!(success > 0 && success < 1)) {
		throw new RangeError(`lengthLandscape: success must be in (0, 1), got ${success}`);
	}
	return [
		{
			refLogits: [logit(success) + Math.LN2, 0, 0],
			features: [
				[1, 0],
				[0, 0],
				[0, 1]
			],
			rewards: [1, 0, 0],
			lengths: answerLengths
		}
	];
}
