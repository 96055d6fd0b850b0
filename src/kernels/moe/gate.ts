import { sigmoid } from '../core/sigmoid';
import { checkGate, type GateOptions } from './gateOptions';
import { largestFirst } from './largestFirst';

export interface Routing {
	/** Chosen experts, the highest biased score first. */
	experts: number[];
	/** What each chosen expert's output is multiplied by; from the scores without the bias. */
	weights: number[];
	/** sigmoid(logit) of every expert. */
	scores: number[];
	/** Groups that were kept, the best first. */
	groups: number[];
}

/**
 * Which experts one token goes to, and with what weights: the gate of DeepSeek-V3.
 *
 *     s_i = sigmoid(u·e_i)                                 u·e_i: `logits`, one an expert
 *     group score = sum of the group's two largest s_i + b_i; the best topkGroup groups are kept
 *     chosen = the topK largest s_i + b_i among the experts of kept groups
 *     g_i = routedScalingFactor · s_i / Σ_chosen s_j       the bias b is not in the weights
 *
 * DeepSeek-AI, DeepSeek-V3, arXiv 2412.19437; code deepseek-ai/DeepSeek-V3, inference/model.py, Gate.
 * The libraries differ in what stands for an expert of a group that was not kept. The official code
 * writes −∞. Hugging Face's DeepseekV3TopkRouter writes 0, so where kept experts have s + b < 0, one
 * of a group that was not kept goes before them. Where all chosen scores are 0, the official weights
 * are 0/0 = NaN; Hugging Face adds 1e−20 to the sum and gets 0.
 * Ties go to the expert with the lower number; the libraries leave them open.
 *
 * Cost: O(experts·log experts). Throws RangeError for groups that do not divide the experts, topK or
 * topkGroup out of range, a bias of another length, and a logit that is not finite.
 * Worked value: logits (2, 1, 0, −1, 0.5, 0.4, 0.3, 0.2), two groups, one kept, topK 2, bias +1 on the
 * second group: experts 4 and 5, with weights 0.509733 and 0.490267 of their unbiased scores.
 */
export function gate(logits: readonly number[], options: GateOptions): Routing {
	checkGate(logits, options);
	const { topK, nGroup = 1, topkGroup = nGroup, routedScalingFactor = 1 } = options;
	const { library = 'official', bias } = options;
	const scores = logits.map(sigmoid);
	const biased = bias ? scores.map((score, i) => score + bias[i]) : scores;
	const size = logits.length / nGroup;
	const groupScores = Array.from({ length: nGroup }, (_, g) => {
		let first = -Infinity;
		let second = -Infinity;
		for (const score of biased.slice(g * size, (g + 1) * size)) {
			if (score > first) [first, second] = [score, first];
			else if (score > second) second = score;
		}
		return size === 1 ? first : first + second;
	});
	const groups = largestFirst(groupScores, topkGroup);
	const kept = new Set(groups);
	const banned = library === 'official' ? -Infinity : 0;
	const experts = largestFirst(
		biased.map((score, i) => (kept.has(Math.floor(i / size)) ? score : banned)),
		topK
	);
	const sum = experts.reduce((total, i) => total + scores[i], library === 'official' ? 0 : 1e-20);
	const weights = experts.map((i) => (scores[i] / sum) * routedScalingFactor);
	return { experts, weights, scores, groups };
}
