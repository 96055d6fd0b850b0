import { gsm8kAnswer } from './gsm8kAnswer';

export interface Gsm8kOptions {
	/** 'strict' wants "#### " before the number; 'flexible' takes the last number there is. */
	method?: 'strict' | 'flexible';
	/** Reward of a wrong answer in the right form. */
	formatScore?: number;
	/** Reward of the right answer. */
	score?: number;
}

export interface Gsm8kReward {
	/** What was read as the final answer, or null. */
	extracted: string | null;
	reward: number;
}

/**
 * verl's rule reward for GSM8K: read the final answer out of a solution and compare it, as text, with
 * the true one.
 *
 * As text: "18." and "18.0" are wrong for "18". 'strict' drops commas ("1,000" is right for "1000"), but
 * finds nothing in "#### $18" or "####18". 'flexible' keeps commas ("1,000" is wrong for "1000") and
 * takes any run of digits, points and commas for a number. Only the last 300 characters are read. A
 * reward of this kind is exact and cheap, and what it does not accept is punished however right it is.
 *
 * Source: verl/utils/reward_score/gsm8k.py at b178a3cd.
 * Cost: O(length). Throws nothing.
 * Worked value: "so 9*2=18\n#### 18" for "18": extracted "18", reward 1.
 */
export function gsm8kReward(
	solution: string,
	groundTruth: string,
	{ method = 'strict', formatScore = 0, score = 1 }: Gsm8kOptions = {}
): Gsm8kReward {
	const { found } = gsm8kAnswer(solution, method);
	if (!found) return { extracted: null, reward: 0 };
	const taken = solution.slice(...found);
	const extracted = method === 'strict' ? taken.replaceAll(',', '') : taken;
	return { extracted, reward: extracted === groundTruth ? score : formatScore };
}
