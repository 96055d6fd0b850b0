import { gae } from '../rl/gae';
import type { TokenTask } from './tokenTask';

/**
 * The advantage of each token of an answer by generalised advantage estimation (rl/gae, γ = 1) from a
 * table of values, with the reward on the last token. With the exact table and λ = 0 it is each token's
 * own advantage, Q − V: what the token itself changed in the chance of being right. With λ = 1 it is the
 * reward less the value before the token.
 *
 * Cost: O(answers · T). Throws RangeError as gae does, and for answers of another length.
 * Worked value: task 'all' of 2 tokens, rate 0.5, exact values, λ = 0, both right: (0.25, 0.5).
 */
export function tokenCredit(
	task: TokenTask,
	values: readonly ArrayLike<number>[],
	answers: readonly (readonly boolean[])[],
	lam: number
): number[][] {
	const rewards: number[][] = [];
	const valueRows: number[][] = [];
	for (const answer of answers) {
		if (answer.length !== task.length) {
			throw new RangeError(
				`tokenCredit: answers must have ${task.length} tokens, got ${answer.length}`
			);
		}
		let state = 0;
		valueRows.push(
			answer.map((right, t) => {
				const value = values[t][state];
				state = task.next(state, right, t);
				return value;
			})
		);
		rewards.push(answer.map((_, t) => (t === task.length - 1 ? task.reward(state) : 0)));
	}
	const mask = rewards.map((row) => row.map(() => 1));
	return gae(rewards, valueRows, mask, { gamma: 1, lam }).advantages;
}
