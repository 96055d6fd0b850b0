import { batchGradient, type BatchGradientOptions } from './batchGradient';
import { landscapePolicy, type Landscape, type LandscapePrompt, type Point } from './landscape';
import { policyLossSettings } from '../rl/policyLossSettings';
import type { Method } from './methods';

export interface MeanGradientOptions extends BatchGradientOptions {
	/** Answers a question (G). */
	numGenerations: number;
}

/** Batches this rare change no digit of the mean. */
const NEGLIGIBLE = 1e-18;

interface Group {
	answers: number[];
	probability: number;
}

/** Every group of G answers to a question, as a multiset, with its probability. */
function groupsOf(prompt: LandscapePrompt, theta: Point, size: number, resamples: boolean) {
	const logProbs = landscapePolicy(prompt, theta);
	const logFactorials = [0];
	for (let n = 1; n <= size; n++) logFactorials.push(logFactorials[n - 1] + Math.log(n));
	const groups: Group[] = [];
	const grow = (k: number, left: number, answers: number[], log: number) => {
		const last = k === logProbs.length - 1;
		for (let count = last ? left : 0; count <= left; count++) {
			const logHere = log + (count && count * logProbs[k]) - logFactorials[count];
			const more = [...answers, ...new Array<number>(count).fill(k)];
			if (!last) grow(k + 1, left - count, more, logHere);
			else groups.push({ answers: more, probability: Math.exp(logHere + logFactorials[size]) });
		}
	};
	grow(0, size, [], 0);
	if (!resamples) return groups;
	const rewards = ({ answers }: Group) => new Set(answers.map((k) => prompt.rewards[k]));
	const kept = groups.filter((group) => rewards(group).size > 1);
	const total = kept.reduce((sum, { probability }) => sum + probability, 0);
	return kept.map(({ answers, probability }) => ({ answers, probability: probability / total }));
}

/** Whether what one question contributes does not depend on what was drawn for the others. */
function standsAlone(prompts: Landscape, { advantage, loss }: Method): boolean {
	const { aggregation } = policyLossSettings(loss);
	const oneLength = new Set(prompts.flatMap(({ lengths }) => lengths)).size === 1;
	return (
		advantage !== 'batch' &&
		(oneLength || ['grpo', 'dr_grpo', 'seq-mean-token-sum'].includes(aggregation))
	);
}

/**
 * The mean step of a method on batches of its own samples, exactly: `batchGradient` of every batch that
 * can be drawn, weighed with its multinomial probability. A method that draws groups without signal
 * again (`resamples`) is averaged over the groups with one. Questions are taken one by one where the
 * method lets them: not where it whitens over the batch, nor where it divides by the batch's tokens.
 *
 * Cost: C(G+K−1, K−1) batches a question of K answers (9 for two answers and G = 8), or their product.
 * Throws RangeError for numGenerations that is not a whole number ≥ 2, and as batchGradient.
 * Worked value: RLOO's is ∇J at every G; Dr. GRPO's, for β = 0 and answers of one length, is (G−1)/G of it.
 */
export function meanGradient(
	prompts: Landscape,
	method: Method,
	theta: Point,
	{ numGenerations, ...options }: MeanGradientOptions
): [number, number] {
	if (!Number.isInteger(numGenerations) || numGenerations < 2) {
		throw new RangeError(
			`meanGradient: numGenerations must be a whole number ≥ 2, got ${numGenerations}`
		);
	}
	const maxCompletionLength = Math.max(...prompts.flatMap(({ lengths }) => lengths));
	const parts = standsAlone(prompts, method) ? prompts.map((prompt) => [prompt]) : [prompts];
	const mean: [number, number] = [0, 0];
	for (const part of parts) {
		let batches = [{ answers: [] as number[][], probability: 1 / parts.length }];
		for (const prompt of part) {
			const groups = groupsOf(prompt, theta, numGenerations, method.resamples ?? false);
			batches = batches.flatMap((batch) =>
				groups.map((group) => ({
					answers: [...batch.answers, group.answers],
					probability: batch.probability * group.probability
				}))
			);
		}
		for (const { answers, probability } of batches) {
			if (probability < NEGLIGIBLE) continue;
			const sampled = { answers, theta };
			const settings = { maxCompletionLength, ...options };
			const [x, y] = batchGradient(part, method, theta, sampled, settings);
			mean[0] += probability * x;
			mean[1] += probability * y;
		}
	}
	return mean;
}
