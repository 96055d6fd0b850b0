import type { TokenTask } from './tokenTask';

/**
 * The advantage of each token where the answer is one action, as in GRPO and RLOO: the reward less a
 * number, the same for every token of the answer.
 *
 * Cost: O(answers · T). Throws nothing.
 * Worked value: task 'all' of 2 tokens, both right, baseline 0.25: (0.75, 0.75).
 */
export function wholeCredit(
	task: TokenTask,
	answers: readonly (readonly boolean[])[],
	baseline: number
): number[][] {
	return answers.map((answer) => {
		const end = answer.reduce((state, right, t) => task.next(state, right, t), 0);
		return answer.map(() => task.reward(end) - baseline);
	});
}
