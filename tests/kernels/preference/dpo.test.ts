import { describe, expect, test } from 'vitest';
import { dpo, type DpoOptions } from '../../../src/kernels/preference/dpo';
import { dpoPresets, type DpoLossType } from '../../../src/kernels/preference/dpoPresets';
import type { FDivergenceType } from '../../../src/kernels/preference/divergenceScore';
import { divergenceScore } from '../../../src/kernels/preference/divergenceScore';
import { marginLoss } from '../../../src/kernels/preference/marginLoss';
import { pointwiseLoss } from '../../../src/kernels/preference/pointwiseLoss';
import { rewardMargins } from '../../../src/kernels/preference/rewardMargins';
import { sortedDifferences } from '../../../src/kernels/preference/sortedDifferences';
import reference from '../../reference/preferenceLosses.json';
import { decode, expectAllNear, expectNear, section, type Encoded } from '../rl/outside';

interface Inputs {
	policy_chosen_logps: Encoded[];
	policy_rejected_logps: Encoded[];
	reference_chosen_logps: Encoded[];
	reference_rejected_logps: Encoded[];
	beta: number;
	label_smoothing?: number;
	ipo?: boolean;
	reference_free?: boolean;
	loss_type?: DpoLossType;
	chosen_lengths?: number[];
	rejected_lengths?: number[];
	f_divergence_type?: FDivergenceType;
	alpha?: number;
}

interface Outputs {
	loss?: Encoded;
	losses?: Encoded[];
	chosen_rewards?: Encoded[];
	rejected_rewards?: Encoded[];
	/** Missing where the batch is empty. */
	grad_policy_chosen?: Encoded[];
	grad_policy_rejected?: Encoded[];
}

function run(inputs: Inputs, options: DpoOptions) {
	return dpo(
		{
			chosenLogps: decode(inputs.policy_chosen_logps),
			rejectedLogps: decode(inputs.policy_rejected_logps),
			refChosenLogps: decode(inputs.reference_chosen_logps),
			refRejectedLogps: decode(inputs.reference_rejected_logps),
			chosenLengths: inputs.chosen_lengths,
			rejectedLengths: inputs.rejected_lengths
		},
		{
			beta: inputs.beta,
			labelSmoothing: inputs.label_smoothing,
			lossType: inputs.ipo ? 'ipo' : inputs.loss_type,
			fDivergenceType: inputs.f_divergence_type,
			fAlphaDivergenceCoef: inputs.alpha,
			referenceFree: inputs.reference_free,
			...options
		}
	);
}

// The reference has the gradients of the sum of losses for two of them, of the mean for OpenRLHF.
for (const [name, library, mean] of [
	['dpo_original', 'original', false],
	['dpo_trl_all_loss_types', 'trl', false],
	['dpo_openrlhf', 'openrlhf', true]
] as const) {
	const { cases, tolerance } = section<Inputs, Outputs>(reference, name);
	describe(name, () => {
		test.each(cases)('$name', ({ inputs, outputs }) => {
			// 'empty batch' of TRL's length-normalised losses comes with empty lists of lengths.
			const got = run(inputs, { library });
			const per = (gradients: number[]) =>
				mean ? gradients.map((slope) => slope / gradients.length) : gradients;
			if (outputs.loss !== undefined) expectNear(got.loss, outputs.loss, tolerance);
			if (outputs.losses) expectAllNear(got.losses, outputs.losses, tolerance);
			if (outputs.chosen_rewards) {
				expectAllNear(got.chosenRewards, outputs.chosen_rewards, tolerance);
				expectAllNear(got.rejectedRewards, outputs.rejected_rewards!, tolerance);
			}
			if (!outputs.grad_policy_chosen) return expect(got.losses).toEqual([]);
			expectAllNear(per(got.gradients.chosenLogps), outputs.grad_policy_chosen, tolerance);
			expectAllNear(per(got.gradients.rejectedLogps), outputs.grad_policy_rejected!, tolerance);
		});
	});
}

const onePair = {
	chosenLogps: [-12],
	rejectedLogps: [-14],
	refChosenLogps: [-13],
	refRejectedLogps: [-13.5],
	chosenLengths: [5],
	rejectedLengths: [6]
};

test('one pair, worked out', () => {
	const { loss, chosenRewards, rejectedRewards, margins, accuracy, gradients } = dpo(onePair);
	expect(loss).toBeCloseTo(0.620957, 6);
	expect(chosenRewards[0]).toBeCloseTo(0.1, 14);
	expect(rejectedRewards[0]).toBeCloseTo(-0.05, 14);
	expect(margins[0]).toBeCloseTo(0.15, 14);
	expect(accuracy).toBe(1);
	expect(gradients.chosenLogps[0]).toBeCloseTo(-0.046257, 6);
	expect(gradients.refRejectedLogps[0]).toBeCloseTo(-0.046257, 6);
});

test('the same pair and setting are another loss in another library', () => {
	const loss = (options: DpoOptions) => dpo(onePair, options).loss;
	expect(loss({ library: 'original', lossType: 'ipo' })).toBeCloseTo(12.25, 12);
	expect(loss({ library: 'openrlhf', lossType: 'ipo' })).toBeCloseTo(12.25, 12);
	expect(loss({ library: 'trl', lossType: 'ipo' })).toBeCloseTo(22.246944, 6);
	// cDPO, nothing at all, de-biased: (1−ε)l(u) + εl(−u), l(u), ((1−ε)l(u) − εl(−u))/(1−2ε) at u = 0.15
	const smoothed = { labelSmoothing: 0.1 };
	expect(loss({ library: 'original', ...smoothed })).toBeCloseTo(0.635957, 6);
	expect(loss({ library: 'trl', ...smoothed })).toBeCloseTo(0.620957, 6);
	expect(loss({ library: 'trl', lossType: 'robust', ...smoothed })).toBeCloseTo(0.602207, 6);
	expect(dpoPresets.openrlhf).toEqual(dpoPresets.original);
});

test('label smoothing may differ from pair to pair', () => {
	const two = {
		chosenLogps: [-1, -1],
		rejectedLogps: [-2, -2],
		refChosenLogps: [-1, -1],
		refRejectedLogps: [-1, -1]
	};
	const { losses } = dpo(two, { beta: 1, labelSmoothing: [0, 0.1] });
	expect(losses[0]).toBeCloseTo(0.313262, 6);
	expect(losses[1]).toBeCloseTo(0.413262, 6);
});

test("'sft' is the mean over the tokens of the batch, as a cross-entropy", () => {
	const batch = {
		chosenLogps: [-6, -1],
		rejectedLogps: [-3, -3],
		refChosenLogps: [-2, -2],
		refRejectedLogps: [-2, -2],
		chosenLengths: [6, 1]
	};
	const { loss, losses, gradients } = dpo(batch, { lossType: 'sft' });
	expect(loss).toBeCloseTo(1, 14);
	expect(losses).toEqual([1, 1]);
	expect(gradients.chosenLogps[0]).toBeCloseTo(-2 / 7, 14);
	expect(gradients.rejectedLogps).toEqual([0, 0]);
});

test('worked values of the parts', () => {
	const { loss, slope } = marginLoss('sigmoid', 2, { beta: 0.1 });
	expect(loss).toBeCloseTo(0.598139, 6);
	expect(slope).toBeCloseTo(-0.045017, 6);
	expect(marginLoss('hinge', 2, { beta: 0.1 }).loss).toBeCloseTo(0.8, 14);
	expect(marginLoss('ipo', 2, { beta: 0.1 }).loss).toBeCloseTo(9, 13);
	const at0 = (lossType: Parameters<typeof pointwiseLoss>[0]) => pointwiseLoss(lossType, 0, 0, 0.5);
	expect(at0('nca_pair').loss).toBeCloseTo(1.386294, 6);
	expect(at0('bco_pair').loss).toBeCloseTo(1.386294, 6);
	expect(at0('sppo_hard').loss).toBe(2);
	expect(at0('apo_zero').loss).toBe(1);
	expect(sortedDifferences([3, 1], [0, 2])).toEqual({
		differences: [1, 1],
		xOrder: [1, 0],
		yOrder: [0, 1]
	});
	const score = (fDivergenceType: FDivergenceType, fAlphaExponentMax = Infinity) =>
		divergenceScore(Math.LN2, { fDivergenceType, fAlphaDivergenceCoef: 0.5, fAlphaExponentMax });
	expect(score('reverse_kl').score).toBe(Math.LN2);
	expect(score('forward_kl').score).toBeCloseTo(-0.5, 14);
	expect(score('js_divergence').score).toBeCloseTo(-0.405465, 6);
	expect(score('alpha_divergence').score).toBeCloseTo(-1.414214, 6);
	const { margins, accuracy } = rewardMargins([1, 0], [0, 0]);
	expect([...margins, accuracy]).toEqual([1, 0, 0.5]);
	const unpaired = dpo(
		{
			chosenLogps: [2, -1],
			rejectedLogps: [0, -2],
			refChosenLogps: [0, 0],
			refRejectedLogps: [0, 0]
		},
		{ lossType: 'aot_unpaired', beta: 1 }
	);
	expect(unpaired.losses[0]).toBeCloseTo(0.313262, 6);
	expect(unpaired.losses[1]).toBeCloseTo(0.126928, 6);
});

test('discopop at τ = 0.05 first narrows the margin, as TRL and autograd say', () => {
	expect(marginLoss('discopop', 0, { beta: 0.1 }).slope).toBeCloseTo(0.0784264, 7);
	// slope/β = (1 − log 2)/(4τ) − 3/4, which is 0 at τ = 0.1023
	expect(marginLoss('discopop', 0, { beta: 0.1, discopopTau: 0.11 }).slope).toBeLessThan(0);
});

test.each<[string, Partial<typeof onePair>, DpoOptions, string]>([
	['no pairs', { chosenLogps: [] }, {}, 'chosenLogps must not be empty'],
	['lists that do not fit', { rejectedLogps: [] }, {}, 'rejectedLogps must be 1 long, got 0'],
	['NaN', { refChosenLogps: [NaN] }, {}, 'refChosenLogps[0] must be finite, got NaN'],
	['β = 0', {}, { beta: 0 }, 'beta must be positive and finite, got 0'],
	['ε above 1', {}, { labelSmoothing: 1.1 }, 'labelSmoothing must be in [0, 1], got 1.1'],
	['robust at ½', {}, { lossType: 'robust', labelSmoothing: 0.5 }, 'must be in [0, 0.5)'],
	['exo_pair at 0', {}, { lossType: 'exo_pair' }, "must be in (0, 1) for 'exo_pair', got 0"],
	['τ = 0', {}, { discopopTau: 0 }, 'discopopTau must be positive, got 0'],
	[
		'α not finite',
		{},
		{ fAlphaDivergenceCoef: NaN },
		'fAlphaDivergenceCoef must be finite, got NaN'
	],
	['missing lengths', { chosenLengths: undefined }, { lossType: 'sigmoid_norm' }, 'chosenLengths'],
	['a length of 0', { chosenLengths: [0] }, {}, 'chosenLengths[0] must be at least 1, got 0'],
	['ε in lists for aot', {}, { lossType: 'aot', labelSmoothing: [0.1] }, "one number for 'aot'"]
])('%s: refused', (_, changed, options, message) => {
	const call = () => dpo({ ...onePair, ...changed }, options);
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
