import { describe, expect, test } from 'vitest';
import type { Aggregation } from '../../../src/kernels/rl/aggregationWeights';
import { branchNames } from '../../../src/kernels/rl/policyBranch';
import { policyLoss } from '../../../src/kernels/rl/policyLoss';
import type { LossType } from '../../../src/kernels/rl/policyLossPresets';
import type { PolicyLossOptions } from '../../../src/kernels/rl/policyLossSettings';
import type { TokenBatch } from '../../../src/kernels/rl/tokenBatch';
import reference from '../../reference/policyLoss.json';

type Encoded = number | string;
interface Inputs {
	logprob: Encoded[][];
	old_logprob: Encoded[][];
	ref_logprob?: Encoded[][];
	advantages: Encoded[] | Encoded[][];
	mask: number[][];
	loss_mat: Encoded[][];
	[option: string]: unknown;
}
interface Case {
	name: string;
	inputs: Inputs;
	outputs: {
		loss: Encoded;
		grad_logprob: Encoded[][];
		metrics?: Record<string, Encoded>;
		clip_ratio?: Encoded;
		ppo_kl?: Encoded;
	};
	raises?: string;
}

const numbers = (list: Encoded[] | Encoded[][]) => (list.flat() as Encoded[]).map(Number);

function tokensOf({ logprob, old_logprob, ref_logprob, advantages, mask }: Inputs): TokenBatch {
	return {
		batch: mask.length,
		length: mask[0].length,
		logProbs: numbers(logprob),
		oldLogProbs: numbers(old_logprob),
		refLogProbs: ref_logprob && numbers(ref_logprob),
		advantages: numbers(advantages),
		mask: mask.flat()
	};
}

/** The reference's names of options, as its `defaults` explain them, in ours. */
function optionsOf(section: string, inputs: Inputs): PolicyLossOptions {
	const given = (name: string) => (inputs[name] ?? undefined) as number | undefined;
	const verl: PolicyLossOptions = {
		preset: 'verl',
		aggregation: (inputs.loss_agg_mode ?? undefined) as Aggregation | undefined,
		epsilon: given('clip_low'),
		epsilonHigh: given('clip_high'),
		dualClip: given('clip_ratio_c')
	};
	switch (section) {
		case 'verl_policy_loss_vanilla':
			return verl;
		case 'verl_gspo':
			return { ...verl, preset: 'verlGspo' };
		case 'verl_cispo':
			return { ...verl, objective: 'cispo' };
		case 'verl_sapo':
			return { ...verl, objective: 'sapo' };
		case 'verl_gmpo':
			return { ...verl, objective: 'gmpo', aggregation: 'seq-mean' };
		case 'verl_gpg':
			return { ...verl, objective: 'gpg' };
		case 'trl_grpo_loss':
			return {
				preset: 'trl',
				lossType: inputs.loss_type as LossType,
				importanceSamplingLevel: (inputs.level as 'sequence' | undefined) ?? 'token',
				epsilon: given('epsilon_low') ?? given('lo'),
				epsilonHigh: given('epsilon_high') ?? given('hi'),
				delta: given('delta'),
				beta: given('beta'),
				maxCompletionLength: given('max_completion_length') ?? given('maxlen'),
				numItemsInBatch: given('num_items')
			};
		case 'trl_ppo_loss':
			return { preset: 'trl', aggregation: 'token-mean', epsilon: given('cliprange') };
		case 'trl_rloo_loss':
			return { preset: 'trlRloo', epsilon: given('epsilon') };
		case 'search_r1_ppo_loss':
			return { preset: 'searchR1', epsilon: given('cliprange') };
		case 'openrlhf_policy_loss':
			return {
				preset: inputs.policy_loss_type === 'gspo' ? 'openrlhfGspo' : 'openrlhf',
				aggregation: inputs.token_level_loss === false ? 'seq-mean-token-mean' : undefined,
				epsilonHigh: given('clip_eps_high'),
				dualClip: given('dual_clip')
			};
		default:
			throw new Error(`no options for section ${section}`);
	}
}

for (const { name: section, tolerance, cases } of reference.sections) {
	if (section === 'verl_agg_loss') continue;
	const near = (got: number, want: Encoded, what: string) => {
		const target = Number(want);
		if (!Number.isFinite(target)) return expect(got, what).toBe(target);
		const bound = tolerance.atol + tolerance.rtol * Math.abs(target);
		expect(Math.abs(got - target), `${what}: ${got} for ${target}`).toBeLessThanOrEqual(bound);
	};
	describe(section, () => {
		test.each(cases as unknown as Case[])('$name', ({ inputs, outputs, raises }) => {
			const tokens = tokensOf(inputs);
			const options = optionsOf(section, inputs);
			if (raises) {
				expect(() => policyLoss(tokens, options)).toThrow('dualClip must be > 1, got 1');
				return;
			}
			const result = policyLoss(tokens, options);
			near(result.loss, outputs.loss, 'loss');
			numbers(outputs.grad_logprob).forEach((want, i) =>
				near(result.gradients[i], want, `gradient ${i}`)
			);
		});
	});
}
