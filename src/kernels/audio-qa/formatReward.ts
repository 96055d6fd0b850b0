/**
 * The format reward of R1-AQA: 1 if the whole completion begins with <answer> and ends with </answer>.
 *
 * Anything may stand between, also nothing, a line break or another pair of tags; nothing may stand
 * outside, not even a space. What the answer says is not looked at.
 *
 * Source: format_reward in src/utils/rewards.py of xiaomi-research/r1-aqa at 5d24f310.
 * Cost: O(length). Throws nothing.
 * Worked value: "<answer></answer>" is 1, "<answer>dog</answer>." is 0.
 */
export function formatReward(completion: string): 0 | 1 {
	return /^<answer>[^]*<\/answer>$/.test(completion) ? 1 : 0;
}
