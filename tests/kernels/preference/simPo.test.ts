import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpo, type CpoOptions } from '../../../src/kernels/preference/cpo';
import { scoreLosses } from '../../../src/kernels/preference/scoreLosses';
import { simPo, type SimPoOptions } from '../../../src/kernels/preference/simPo';
import reference from '../../reference/preferenceLosses.json';
import { decode, expectAllNear, section, type Encoded } from '../rl/outside';

interface Outputs {
	losses: Encoded[];
	chosen_rewards: Encoded[];
	rejected_rewards: Encoded[];
	/** Missing where the batch is empty. */
	grad_policy_chosen?: Encoded[];
	grad_policy_rejected?: Encoded[];
}

interface Got {
	losses: number[];
	chosenRewards: number[];
	rejectedRewards: number[];
	gradients: { chosenLogps: number[]; rejectedLogps: number[] };
}

function hold(got: Got, outputs: Outputs, tolerance: { rtol: number; atol: number }) {
	expectAllNear(got.losses, outputs.losses, tolerance);
	expectAllNear(got.chosenRewards, outputs.chosen_rewards, tolerance);
	expectAllNear(got.rejectedRewards, outputs.rejected_rewards, tolerance);
	expectAllNear(got.gradients.chosenLogps, outputs.grad_policy_chosen ?? [], tolerance);
	expectAllNear(got.gradients.rejectedLogps, outputs.grad_policy_rejected ?? [], tolerance);
}

describe('SimPO repository', () => {
	interface Inputs {
		chosen_avg_logps: Encoded[];
		rejected_avg_logps: Encoded[];
		beta: number;
		gamma_beta_ratio: number;
		label_smoothing: number;
		loss_type: 'sigmoid' | 'hinge';
	}
	const { cases, tolerance } = section<Inputs, Outputs>(reference, 'simpo_original');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const got = simPo(
			{
				chosenLogps: decode(inputs.chosen_avg_logps),
				rejectedLogps: decode(inputs.rejected_avg_logps)
			},
			{
				lossType: inputs.loss_type,
				beta: inputs.beta,
				gammaBetaRatio: inputs.gamma_beta_ratio,
				labelSmoothing: inputs.label_smoothing,
				library: 'original'
			}
		);
		hold(got, outputs, tolerance);
	});
});

describe('TRL CPOTrainer', () => {
	interface Inputs {
		chosen_logps: Encoded[];
		rejected_logps: Encoded[];
		beta: number;
		simpo_gamma: number;
		label_smoothing: number;
		loss_type: 'sigmoid' | 'hinge' | 'ipo' | 'simpo';
		alpha: number;
	}
	const { cases, tolerance } = section<Inputs, Outputs>(reference, 'simpo_cpo_trl');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const got = cpo(
			{ chosenLogps: decode(inputs.chosen_logps), rejectedLogps: decode(inputs.rejected_logps) },
			{
				lossType: inputs.loss_type,
				beta: inputs.beta,
				simpoGamma: inputs.simpo_gamma,
				labelSmoothing: inputs.label_smoothing,
				alpha: inputs.alpha,
				library: 'trl'
			}
		);
		if (inputs.alpha > 0 && inputs.chosen_logps[0] === -10000) {
			// exp(−10000) is 0, so autograd has 0 · ∞ = NaN; the derivative α-power of π is taken whole here.
			expect(outputs.grad_policy_chosen).toEqual(['NaN']);
			expect(got.gradients.chosenLogps).toEqual([-Infinity]);
			hold(got, { ...outputs, grad_policy_chosen: ['-Infinity'] }, tolerance);
			return;
		}
		hold(got, outputs, tolerance);
	});
});

const onePair = { chosenLogps: [-0.5], rejectedLogps: [-0.8] };

test('the same number is another margin in TRL and in the repository', () => {
	const repository = simPo(onePair, { beta: 2, gammaBetaRatio: 0.5 });
	expect(repository.loss).toBeCloseTo(0.913015, 6);
	expect(repository.gradients.chosenLogps[0]).toBeCloseTo(-1.197375, 6);
	const trl = (simpoGamma: number) => cpo(onePair, { lossType: 'simpo', beta: 2, simpoGamma }).loss;
	expect(trl(1)).toBeCloseTo(repository.loss, 14);
	expect(trl(0.5)).toBeCloseTo(0.644397, 6);
	expect(simPo(onePair, { beta: 2, simpoGamma: 1 }).gammaBetaRatio).toBe(0.5);
	expect(simPo(onePair, { beta: 2, simpoGamma: 1 }).loss).toBe(repository.loss);
});

test('nll counts with cpoAlpha', () => {
	const without = cpo(onePair, {}).loss;
	expect(cpo({ ...onePair, nll: [0.4] }, {}).loss).toBeCloseTo(without + 0.4, 14);
	expect(cpo({ ...onePair, nll: [0.4] }, { cpoAlpha: 0.5 }).loss).toBeCloseTo(without + 0.2, 14);
});

test('worked value of the losses of scores', () => {
	const { losses, slopes, accuracy } = scoreLosses([1], [0], 'hinge', 0, { beta: 0.5 });
	expect([losses[0], slopes[0], accuracy]).toEqual([0.5, -0.5, 1]);
});

const logps = fc.double({ min: -4, max: -0.05, noNaN: true });

test('gradients are those of finite differences; swapping the answers negates the margin', () => {
	fc.assert(
		fc.property(
			logps,
			logps,
			fc.constantFrom('sigmoid', 'hinge', 'ipo', 'simpo'),
			fc.double({ min: 0.2, max: 2, noNaN: true }),
			fc.constantFrom(0, 0.25, -0.5),
			(w, l, lossType, beta, alpha) => {
				const at = (a: number, b: number) =>
					cpo(
						{ chosenLogps: [a], rejectedLogps: [b] },
						{ lossType: lossType as 'sigmoid', beta, alpha, labelSmoothing: 0.1 }
					);
				const here = at(w, l);
				const step = 1e-5;
				// hinge has a kink where its loss reaches 0
				fc.pre(lossType !== 'hinge' || here.losses[0] === 0 || here.losses[0] > 1e-3);
				fc.pre(lossType !== 'hinge' || here.margins[0] < 0.999 || here.margins[0] > 1.001);
				const chosen = (at(w + step, l).loss - at(w - step, l).loss) / (2 * step);
				const rejected = (at(w, l + step).loss - at(w, l - step).loss) / (2 * step);
				// losses up to 100: rounding 1e-14/step; third derivatives up to 100 times step²
				expect(here.gradients.chosenLogps[0]).toBeCloseTo(chosen, 6);
				expect(here.gradients.rejectedLogps[0]).toBeCloseTo(rejected, 6);
				expect(at(l, w).margins[0] + here.margins[0]).toBe(0);
			}
		),
		{ seed: 1, numRuns: 300 }
	);
});

test('AlphaPO goes over into the log-probability as α → 0', () => {
	fc.assert(
		fc.property(logps, logps, (w, l) => {
			const loss = (alpha: number) => cpo({ chosenLogps: [w], rejectedLogps: [l] }, { alpha }).loss;
			// the scores differ by α·logp²/2, at most 8e−6, times β = 0.1
			expect(Math.abs(loss(1e-6) - loss(0))).toBeLessThan(1e-6);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test.each<[string, () => unknown, string]>([
	['both margins', () => simPo(onePair, { simpoGamma: 1, gammaBetaRatio: 1 }), 'must not both'],
	...(
		[
			[{ beta: 0 }, 'beta must be positive and finite, got 0'],
			[{ labelSmoothing: 2 }, 'labelSmoothing must be in [0, 1], got 2'],
			[{ gammaBetaRatio: NaN }, 'the margin must be finite, got γ/β = NaN']
		] as [SimPoOptions, string][]
	).map(([options, message]): [string, () => unknown, string] => [
		`simPo ${JSON.stringify(options)}`,
		() => simPo(onePair, options),
		message
	]),
	...(
		[
			[{ beta: Infinity }, 'beta must be positive and finite, got Infinity'],
			[{ labelSmoothing: -1 }, 'labelSmoothing must be in [0, 1], got -1'],
			[{ alpha: NaN }, 'alpha must be finite, got NaN']
		] as [CpoOptions, string][]
	).map(([options, message]): [string, () => unknown, string] => [
		`cpo ${JSON.stringify(options)}`,
		() => cpo(onePair, options),
		message
	]),
	[
		'no pairs',
		() => simPo({ chosenLogps: [], rejectedLogps: [] }),
		'simPo: chosenLogps must not be empty'
	],
	[
		'no pairs either',
		() => cpo({ chosenLogps: [], rejectedLogps: [] }),
		'cpo: chosenLogps must not be empty'
	],
	[
		'a probability of 0',
		() => cpo({ chosenLogps: [-Infinity], rejectedLogps: [-1] }),
		'chosenLogps[0] must be finite'
	]
])('%s: refused', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
