import { exactMatch } from './exactMatch';
import { extractAnswer } from './extractAnswer';

export interface ExactMatchRewardOptions {
	/** Whole answers, or containment. */
	match?: 'exact' | 'substring';
	/** How many <answer> blocks there must be; 2 in Search-R1. */
	atLeast?: number;
	/** Reward of a wrong answer in the right form. */
	formatScore?: number;
	/** Reward of the right answer. */
	score?: number;
}

/**
 * The outcome reward of question answering by search: what stands in the last <answer> block against
 * the golden answers.
 *
 *     no answer: 0        wrong: formatScore        right: score
 *
 * Source: compute_score_em and compute_score_subem of Search-R1 (verl/utils/reward_score/qa_em.py at
 * a14dc3a4; with atLeast 2).
 * Cost: O(length). Throws as extractAnswer and exactMatch.
 * Worked value: "<answer>The Beatles</answer>" for "beatles": 1.
 */
export function exactMatchReward(
	text: string,
	goldenAnswers: readonly string[],
	{ match, atLeast, formatScore = 0, score = 1 }: ExactMatchRewardOptions = {}
): { answer: string | null; reward: number } {
	const answer = extractAnswer(text, { atLeast });
	if (answer === null) return { answer, reward: 0 };
	return { answer, reward: exactMatch(answer, goldenAnswers, { match }) ? score : formatScore };
}
