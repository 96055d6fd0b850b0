const ANSWER = /<answer>([^\n]*?)<\/answer>/;

/** What Python's str.strip() takes away; JavaScript's trim has a slightly different list. */
const SPACE =
	'[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const ENDS = new RegExp(`^${SPACE}|${SPACE}$`, 'g');

export interface AccuracyReward {
	reward: 0 | 1;
	/** What was compared: the first answer in tags on one line, or the whole text where there is none. */
	compared: string;
	/** Whether tags were found. */
	tagged: boolean;
}

function answerIn(text: string): { compared: string; tagged: boolean } {
	const found = ANSWER.exec(text);
	return { compared: (found ? found[1] : text).replace(ENDS, ''), tagged: found !== null };
}

/**
 * The accuracy reward of R1-AQA: 1 if the completion's answer is the solution's, letter for letter.
 *
 *     answer(text) = the first <answer>…</answer> that holds no line break, or else the whole text,
 *                    without the space around it
 *
 * So the bare option earns it without any tags, a capital letter more or less loses it, and so does a
 * line break inside the tags.
 *
 * Source: accuracy_reward in src/utils/rewards.py of xiaomi-research/r1-aqa at 5d24f310. Left out: the
 * official code first asks the library math_verify whether both texts hold the same number or formula,
 * and pays 1 if so; only else does it compare strings.
 * Cost: O(length). Throws nothing.
 * Worked value: "<answer>Dog</answer>" for "<answer>dog</answer>" is 0, "dog" is 1.
 */
export function accuracyReward(completion: string, solution: string): AccuracyReward {
	const given = answerIn(completion);
	return { ...given, reward: given.compared === answerIn(solution).compared ? 1 : 0 };
}
