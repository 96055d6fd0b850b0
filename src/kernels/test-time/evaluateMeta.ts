import { expectedGain } from './expectedGain';
import { bucketOf, episodeProbabilities, type MetaPolicy } from './metaPolicy';
import { EPISODES, thinkingBudget, type Episode, type SearchTask } from './searchTask';
import { successByEpisode } from './successByEpisode';
import { visitation } from './visitation';

export interface MetaEvaluation {
	/** Expected reward under the task's budget and truncation rule. */
	accuracy: number;
	/** Expected tokens of a trace under that rule. */
	meanTokens: number;
	/** Chance that the budget runs out before a stop. */
	truncated: number;
	/** Expected episodes of each kind that a trace completes within the budget. */
	episodes: Record<Episode, number>;
	/** Expected thinking episodes at one remaining candidate, where nothing is left to find out. */
	idleEpisodes: number;
	/** J_j after j = 0 … maxEpisodes episodes; a trace that has stopped keeps its J. No token limit. */
	successCurve: Float64Array;
	/** pass@1 if thinking is cut to a total of `tokens` and an answer is forced; at every change. */
	tokenCurve: { tokens: number; success: number }[];
	/** Normalised regret at each of `budgets`, averaged over traces. */
	normalizedRegret: { budget: number; regret: number }[];
}

/**
 * What a tabular policy does on the search task, exactly: sums over `visitation`, no sampling.
 *
 *   accuracy      Σ_visits d·[π(stop|n)/n + (π of episodes that no longer fit)·(0 or 1/n)]
 *   pass@1(C)     E[1/n] + Σ gains of the episodes completed within C less the answer's tokens
 *   J_j           E[1/n_j]: the distribution of n moved on by one episode j times
 *   regret(C0)    1 − E[area]/C0 with each trace's curve as in normalizedRegret.ts: from (0, 0) to
 *                 (answer, 1/N), then straight from one episode's end to the next, flat after stop
 *
 * `keepThinking` evaluates the policy held to its thinking ("Wait"), for tokens beyond what it was
 * trained on; as it never stops by itself, read its tokenCurve and regret, not its accuracy. All
 * quantities are means over the task's sizes; pass a task with one size to see that one.
 *
 * Cost: that of `visitation` up to maxTokens. Throws RangeError as `visitation` does, and for
 * maxTokens below the task's budget.
 */
export function evaluateMeta(
	task: SearchTask,
	policy: MetaPolicy,
	{
		maxEpisodes = 16,
		maxTokens = task.maxCompletionLength,
		budgets = [0.25, 0.5, 0.75, 1].map((share) => share * task.maxCompletionLength),
		keepThinking = false
	}: {
		maxEpisodes?: number;
		maxTokens?: number;
		budgets?: readonly number[];
		keepThinking?: boolean;
	} = {}
): MetaEvaluation {
	const thinking = thinkingBudget(task);
	const answer = task.tokens.stop;
	const width = EPISODES.length;
	if (!Number.isInteger(maxTokens) || maxTokens < task.maxCompletionLength) {
		throw new RangeError(
			`evaluateMeta: maxTokens must be an integer of at least ${task.maxCompletionLength}, got ${maxTokens}`
		);
	}
	for (const budget of budgets) {
		if (!(budget > 0 && budget <= maxTokens)) {
			throw new RangeError(`evaluateMeta: budgets must be in (0, ${maxTokens}], got ${budget}`);
		}
	}
	const probabilities = episodeProbabilities(policy, { keepThinking });
	let start = 0;
	for (const size of task.sizes) start += 1 / size / task.sizes.length;

	let accuracy = 0;
	let meanTokens = 0;
	let truncated = 0;
	let idleEpisodes = 0;
	const episodes: Record<Episode, number> = { test: 0, split: 0, reverify: 0, stop: 0 };
	const gains = new Map<number, number>();
	const areas = budgets.map((budget) =>
		budget < answer
			? (start * budget * budget) / (2 * answer)
			: start * (answer / 2 + budget - answer)
	);
	for (const { spent, remaining: n, probability } of visitation(
		task,
		probabilities,
		maxTokens - answer
	)) {
		const row = bucketOf(n) * width;
		for (const [e, episode] of EPISODES.entries()) {
			const mass = probability * probabilities[row + e];
			if (episode === 'stop') {
				if (spent > thinking) continue;
				accuracy += mass / n;
				meanTokens += mass * (spent + answer);
				episodes.stop += mass;
				continue;
			}
			const price = task.tokens[episode];
			if (spent <= thinking && spent + price > thinking) {
				truncated += mass;
				meanTokens += mass * task.maxCompletionLength;
				if (task.truncation === 'answer') accuracy += mass / n;
			} else if (spent <= thinking) {
				episodes[episode] += mass;
				if (n === 1) idleEpisodes += mass;
			}
			const gain = mass * expectedGain(n, episode);
			if (gain === 0) continue;
			const done = spent + price + answer;
			if (done <= maxTokens) gains.set(done, (gains.get(done) ?? 0) + gain);
			for (const [b, budget] of budgets.entries()) {
				const rising = budget - (spent + answer);
				if (rising <= 0) continue;
				areas[b] +=
					rising < price ? (gain * rising * rising) / (2 * price) : gain * (rising - price / 2);
			}
		}
	}

	const tokenCurve = [
		{ tokens: 0, success: 0 },
		{ tokens: answer, success: start }
	];
	let success = start;
	for (const tokens of [...gains.keys()].sort((a, b) => a - b)) {
		success += gains.get(tokens)!;
		tokenCurve.push({ tokens, success });
	}
	return {
		accuracy,
		meanTokens,
		truncated,
		episodes,
		idleEpisodes,
		successCurve: successByEpisode(task, probabilities, maxEpisodes),
		tokenCurve,
		normalizedRegret: budgets.map((budget, b) => ({ budget, regret: 1 - areas[b] / budget }))
	};
}
