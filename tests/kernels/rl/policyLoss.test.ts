import { describe, expect, test } from 'vitest';
import type { Aggregation } from '../../../src/kernels/rl/aggregationWeights';
import { libraryKl } from '../../../src/kernels/rl/libraryKl';
import { libraryKlGradient } from '../../../src/kernels/rl/libraryKlGradient';
import { branchNames } from '../../../src/kernels/rl/policyBranch';
import { policyLoss, type PolicyLoss } from '../../../src/kernels/rl/policyLoss';
import type { LossType, PolicyLossPreset } from '../../../src/kernels/rl/policyLossPresets';
import type { PolicyLossOptions } from '../../../src/kernels/rl/policyLossSettings';
import type { TokenBatch } from '../../../src/kernels/rl/tokenBatch';
import reference from '../../reference/policyLoss.json';
import trl from '../../reference/policyLossTrl.json';

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
interface Tolerance {
	rtol: number;
	atol: number;
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

const near = (got: number, want: Encoded, { atol, rtol }: Tolerance, what: string) => {
	const target = Number(want);
	if (!Number.isFinite(target)) return expect(got, what).toBe(target);
	const bound = atol + rtol * Math.abs(target);
	expect(Math.abs(got - target), `${what}: ${got} for ${target}`).toBeLessThanOrEqual(bound);
};

function holds(got: PolicyLoss, outputs: Case['outputs'], tolerance: Tolerance) {
	near(got.loss, outputs.loss, tolerance, 'loss');
	numbers(outputs.grad_logprob).forEach((want, i) =>
		near(got.gradients[i], want, tolerance, `gradient ${i}`)
	);
}

for (const { name: section, tolerance, cases } of reference.sections) {
	if (section === 'verl_agg_loss') continue;
	describe(section, () => {
		test.each(cases as unknown as Case[])('$name', ({ inputs, outputs, raises }) => {
			const tokens = tokensOf(inputs);
			const options = optionsOf(section, inputs);
			if (raises) {
				expect(() => policyLoss(tokens, options)).toThrow('dualClip must be > 1, got 1');
				return;
			}
			const got = policyLoss(tokens, options);
			holds(got, outputs, tolerance);

			// Shares of clipped tokens. verl adds 1e-8 to the count that it divides by. Not compared: verl's
			// GMPO counts what is out of range on either side, its SAPO and GPG report none; and OpenRLHF's
			// are NaN where nothing counts or a masked token is NaN.
			const { metrics, clip_ratio, ppo_kl } = outputs;
			if (metrics && ['verl_policy_loss_vanilla', 'verl_gspo', 'verl_cispo'].includes(section)) {
				const verlMean = (mean: number) => (mean * got.tokens) / (got.tokens + 1e-8);
				const clipped = got.clipFractionLow + got.clipFractionHigh;
				near(verlMean(clipped), metrics['actor/pg_clipfrac'], tolerance, 'pg_clipfrac');
				const lower = verlMean(got.boundFraction);
				near(lower, metrics['actor/pg_clipfrac_lower'], tolerance, 'pg_clipfrac_lower');
				// verl's ppo_kl is of log-ratios within ±20, ours of all
				if (section === 'verl_gspo' || got.logRatios.every((l) => Math.abs(l) <= 20)) {
					near(verlMean(got.approxKl), metrics['actor/ppo_kl'], tolerance, 'ppo_kl');
				}
			}
			if (clip_ratio !== undefined && got.tokens > 0 && !inputs.logprob.flat().includes('NaN')) {
				near(got.clipFractionLow + got.clipFractionHigh, clip_ratio, tolerance, 'clip_ratio');
				near(got.approxKl, ppo_kl!, tolerance, 'ppo_kl');
			}
		});
	});
}

describe('verl_agg_loss', () => {
	const { cases, tolerance } = reference.sections.find(({ name }) => name === 'verl_agg_loss')!;
	test.each(cases as unknown as (Omit<Case, 'outputs'> & { outputs: Encoded })[])(
		'$name',
		({ inputs, outputs, raises }) => {
			// With A = 1 the term of 'gpg' is −log π: any matrix of losses can be put in.
			const { loss_mat, mask, mode, batch_num_tokens, loss_scale_factor } = inputs;
			const call = () =>
				policyLoss(
					{
						batch: mask.length,
						length: mask[0].length,
						logProbs: numbers(loss_mat).map((x) => -x),
						advantages: mask.map(() => 1),
						mask: mask.flat()
					},
					{
						preset: 'verl',
						objective: 'gpg',
						aggregation: mode as Aggregation,
						numItemsInBatch: batch_num_tokens as number | undefined,
						maxCompletionLength: loss_scale_factor as number | undefined
					}
				).loss;
			if (raises) expect(call).toThrow('aggregation must be one of grpo');
			else near(call(), outputs, tolerance, 'loss');
		}
	);
});

describe('TRL, run beside', () => {
	for (const section of trl.sections.filter(({ name }) => name !== 'kl_gradients')) {
		const objective = section.name === 'trl_gmpo' ? 'gmpo' : undefined;
		const aggregation = section.name === 'trl_gmpo' ? 'seq-mean' : undefined;
		test.each(section.cases as unknown as Case[])(
			`${section.name}: $name`,
			({ inputs, outputs }) => {
				const option = <T>(name: string) => inputs[name] as T | undefined;
				const got = policyLoss(tokensOf(inputs), {
					preset: 'trl',
					objective,
					aggregation,
					lossType: option<LossType>('loss_type'),
					importanceSamplingLevel: option<'sequence'>('importance_sampling_level'),
					epsilon: option<number>('epsilon'),
					epsilonHigh: option<number>('epsilon_high'),
					delta: option<number>('delta'),
					beta: option<number>('beta'),
					useBiasCorrectionKl: option<boolean>('use_bias_correction_kl'),
					sapoTemperaturePos: option<number>('sapo_temperature_pos'),
					sapoTemperatureNeg: option<number>('sapo_temperature_neg'),
					maxCompletionLength: option<number>('max_completion_length'),
					numItemsInBatch: option<number>('num_items_in_batch')
				});
				holds(got, outputs, section.tolerance);
			}
		);
	}
});

test('the gradient of the KL penalty is autograd’s, with the clamps of verl and OpenRLHF', () => {
	const { cases, tolerance } = trl.sections.find(({ name }) => name === 'kl_gradients')!;
	for (const entry of cases as unknown as {
		inputs: { library: 'verl' | 'openrlhf'; kind: 'k1' | 'k2' | 'k3' } & Record<string, number[]>;
		outputs: Record<string, number[]>;
	}[]) {
		const { library, kind, logprob, ref_logprob } = entry.inputs;
		logprob.forEach((logProb, i) => {
			const value = libraryKl(library, kind, logProb, ref_logprob[i]);
			const gradient = libraryKlGradient(library, kind, logProb, ref_logprob[i]);
			near(value, entry.outputs.value[i], tolerance, `${library} ${kind} ${i}`);
			near(gradient, entry.outputs.grad_logprob[i], tolerance, `${library} ${kind} ${i}`);
		});
	}
});

describe('without a library', () => {
	const tokens: TokenBatch = {
		batch: 2,
		length: 2,
		logProbs: [Math.log(0.6), -1, -1, -1],
		oldLogProbs: [Math.log(0.4), -1, -1, -1],
		advantages: [2, -1],
		mask: [1, 0, 1, 1]
	};

	test('one token at ratio 1.5 with A = 2: the clip holds it at 1.2', () => {
		const one = { ...tokens, batch: 1, length: 1, mask: [1], advantages: [2] };
		const got = policyLoss({ ...one, logProbs: [Math.log(0.6)], oldLogProbs: [Math.log(0.4)] });
		expect(got).toMatchObject({ loss: -2.4, clipFractionHigh: 1, clipFractionLow: 0, meanKl: 0 });
		expect(got.gradients[0]).toBe(0);
		expect(branchNames[got.branches[0]]).toBe('clipHigh');
		expect(got.ratios[0]).toBeCloseTo(1.5, 14);
		expect(got.approxKl).toBeCloseTo(-Math.log(1.5), 14);
	});

	test('nothing on a masked token; TRL’s defaults: all tokens alike, no KL', () => {
		const got = policyLoss(tokens);
		expect([...got.branches].map((code) => branchNames[code])).toEqual([
			'clipHigh',
			'masked',
			'ratio',
			'ratio'
		]);
		expect([...got.weights]).toEqual([1 / 3, 0, 1 / 3, 1 / 3]);
		for (const field of ['ratios', 'clippedRatios', 'coefficients', 'gradients'] as const) {
			expect(got[field][1]).toBe(0);
		}
		expect(got.loss).toBeCloseTo((-2.4 + 1 + 1) / 3, 15);
		expect(got.tokens).toBe(3);
	});

	test('all tokens masked: 0 where TRL defines it, an error where it would be 0/0', () => {
		const none = { ...tokens, mask: [0, 0, 0, 0] };
		expect(policyLoss(none).loss).toBe(0);
		expect(policyLoss(none, { preset: 'verl' }).loss).toBeNaN();
		expect(() => policyLoss(none, { aggregation: 'token-mean' })).toThrow(
			'policyLoss: mask must keep a token for aggregation token-mean, got none'
		);
	});

	test('each library’s preset has its clamps of the KL, and the mean is over tokens that count', () => {
		const far = { ...tokens, refLogProbs: [tokens.logProbs[0], -40, -31, -1] };
		const drifted = { ...far, logProbs: [tokens.logProbs[0], -1, -1, -30] };
		const of = (preset: PolicyLossPreset, klEstimator: 'k2' | 'k3') =>
			policyLoss(drifted, { preset, beta: 0.1, klEstimator });
		// d = 0, 30 and −29: k3 = 0, 29, e^29 − 30; k2 = 0, 450, 420.5
		expect(of('trl', 'k3').klTerms[3] / (Math.exp(29) - 30)).toBeCloseTo(1, 12);
		for (const preset of ['verl', 'openrlhf', 'searchR1'] as const) {
			expect([...of(preset, 'k3').klTerms].filter((_, i) => i !== 1)).toEqual([0, 10, 10]);
			expect(of(preset, 'k3').meanKl).toBeCloseTo(20 / 3, 13);
		}
		expect(of('verl', 'k2').klTerms[2]).toBe(450);
		expect(of('openrlhf', 'k2').klTerms[2]).toBe(10);
		expect(of('searchR1', 'k2').klTerms[2]).toBe(450);
		// only verl's exponent is clamped: with log π = −∞ it is 10, in Search-R1 NaN
		const lost = { ...far, logProbs: [tokens.logProbs[0], -1, -1, -Infinity] };
		expect(policyLoss(lost, { preset: 'verl', beta: 0.1 }).klTerms[3]).toBe(10);
		expect(policyLoss(lost, { preset: 'searchR1', beta: 0.1 }).klTerms[3]).toBeNaN();
	});

	test('a name in options replaces the preset’s, undefined does not', () => {
		const options = { preset: 'dapo', epsilonHigh: undefined } as const;
		expect(policyLoss(tokens, options).clippedRatios[0]).toBe(1.28);
		expect(policyLoss(tokens, { ...options, epsilonHigh: 0.1 }).clippedRatios[0]).toBe(1.1);
		expect(policyLoss(tokens, { epsilon: 0.3 }).clippedRatios[0]).toBe(1.3);
		const cispo = policyLoss(tokens, { preset: 'verl', lossType: 'cispo' });
		expect(cispo.coefficients[0]).toBe(0.2);
	});

	test.each<[string, Partial<TokenBatch>, PolicyLossOptions, string]>([
		['no rows', { batch: 0 }, {}, 'batch must be a positive integer, got 0'],
		['a short list', { logProbs: [-1] }, {}, 'logProbs must have batch × length = 4 values, got 1'],
		['advantages that fit nothing', { advantages: [1, 2, 3] }, {}, '2 (per completion) or 4'],
		['a NaN', { logProbs: [-1, -1, NaN, -1] }, {}, 'logProbs[2] must be finite, got NaN'],
		['probability 0', { logProbs: [-1, -1, -1, -Infinity] }, {}, 'logProbs[3] must be finite'],
		['an infinite advantage', { advantages: [1, Infinity] }, {}, 'advantages[1] must be finite'],
		['a mask of halves', { mask: [1, 0.5, 1, 1] }, {}, 'mask[1] must be 0 or 1, got 0.5'],
		['β without a reference', {}, { beta: 0.1 }, 'beta = 0.1 needs refLogProbs, got none'],
		['a negative β', {}, { beta: -1 }, 'beta must be ≥ 0, got -1'],
		['a negative ε', {}, { epsilon: -0.1 }, 'epsilon must be ≥ 0, got -0.1'],
		['a NaN ε_high', {}, { epsilonHigh: NaN }, 'epsilonHigh must be ≥ 0, got NaN'],
		['a δ of 0', {}, { delta: 0 }, 'delta must be > 0, got 0'],
		['an unknown loss type', {}, { lossType: 'vespo' as LossType }, 'lossType must be one of grpo'],
		['an unknown preset', {}, { preset: 'toString' as 'trl' }, 'preset must be one of trl'],
		['an unknown objective', {}, { objective: 'ppo' as 'clip' }, 'objective must be one of clip'],
		[
			'LUSPO with token ratios',
			{},
			{ lossType: 'luspo', importanceSamplingLevel: 'token' },
			'luspo needs importanceSamplingLevel sequence, got token'
		]
	])('%s is refused', (_, change, options, message) => {
		const call = () => policyLoss({ ...tokens, ...change }, options);
		expect(call).toThrow(RangeError);
		expect(call).toThrow('policyLoss: ');
		expect(call).toThrow(message);
	});
});
