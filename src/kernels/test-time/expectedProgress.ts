import { expectedGain } from './expectedGain';
import { bucketOf, episodeProbabilities, type MetaPolicy } from './metaPolicy';
import { EPISODES, thinkingBudget, type SearchTask } from './searchTask';
import { visitation } from './visitation';

/**
 * The progress term of MRT's objective on the search task, exactly:
 *
 *     P(π; π_old) = E_{c ~ π_old} E_{z ~ π(·|c)} [ J(z, c) − J(c) ],   summed over the contexts of a trace,
 *
 * with J = 1/remaining. The contexts come from the old policy, so the gradient in π sees each
 * episode's own progress only, not what it makes possible later. For π = π_old the value telescopes
 * to (success if forced to answer at the end) − (success at the start), which is what outcome RL
 * maximises too: same value, another gradient (derived).
 *
 * Cost: that of `visitation`. Throws RangeError as `visitation` does.
 * Worked value: on one problem of 2 candidates with room for one episode, a policy that tests with
 * probability .6 makes .6 · (1 − 1/2) = .3.
 */
export function expectedProgress(
	task: SearchTask,
	policy: MetaPolicy,
	oldPolicy: MetaPolicy = policy
): number {
	const thinking = thinkingBudget(task);
	const probabilities = episodeProbabilities(policy);
	let total = 0;
	for (const { spent, remaining, probability } of visitation(
		task,
		episodeProbabilities(oldPolicy)
	)) {
		for (const [e, episode] of EPISODES.entries()) {
			if (episode === 'stop' || spent + task.tokens[episode] > thinking) continue;
			const choice = probabilities[bucketOf(remaining) * EPISODES.length + e];
			total += probability * choice * expectedGain(remaining, episode);
		}
	}
	return total;
}
