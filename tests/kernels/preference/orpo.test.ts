import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { log1mexp } from '../../../src/kernels/preference/log1mexp';
import { orpo } from '../../../src/kernels/preference/orpo';
import reference from '../../reference/preferenceLosses.json';
import { decode, expectAllNear, expectNear, section, type Encoded } from '../rl/outside';

interface Inputs {
	chosen_avg_logps: Encoded[];
	rejected_avg_logps: Encoded[];
	beta: number;
	nll_per_pair: number[];
	/** Of the case 'log1mexp' alone. */
	x?: Encoded[];
}

interface Outputs {
	'losses_term(beta*logsigmoid)': Encoded[];
	chosen_rewards: Encoded[];
	rejected_rewards: Encoded[];
	mean_ratio: Encoded;
	mean_log_odds: Encoded;
	'full_loss=nll-mean(term)': Encoded;
	grad_chosen: Encoded[];
	grad_rejected: Encoded[];
}

const { cases, tolerance } = section<Inputs, Outputs>(reference, 'orpo_trl');
const mean = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;

describe('TRL ORPOTrainer', () => {
	test.each(cases.filter(({ inputs }) => !inputs.x))('$name', ({ inputs, outputs }) => {
		const got = orpo(
			{
				chosenLogps: decode(inputs.chosen_avg_logps),
				rejectedLogps: decode(inputs.rejected_avg_logps),
				nll: inputs.nll_per_pair
			},
			{ beta: inputs.beta, library: 'trl' }
		);
		// TRL returns the negative penalty; its gradients are those of the mean over pairs.
		const terms = got.penalties.map((penalty) => -penalty);
		expectAllNear(terms, outputs['losses_term(beta*logsigmoid)'], tolerance);
		expectNear(mean(terms) / inputs.beta, outputs.mean_ratio, tolerance);
		expectNear(mean(got.logOdds), outputs.mean_log_odds, tolerance);
		expectNear(got.loss, outputs['full_loss=nll-mean(term)'], tolerance);
		expectAllNear(got.chosenRewards, outputs.chosen_rewards, tolerance);
		expectAllNear(got.rejectedRewards, outputs.rejected_rewards, tolerance);
		const perPair = (slopes: number[]) => slopes.map((slope) => slope / slopes.length);
		expectAllNear(perPair(got.gradients.chosenLogps), outputs.grad_chosen, tolerance);
		expectAllNear(perPair(got.gradients.rejectedLogps), outputs.grad_rejected, tolerance);
	});

	test('log1mexp', () => {
		const { inputs, outputs } = cases.find((one) => one.inputs.x)!;
		const want = outputs as unknown as Encoded[];
		expectAllNear(decode(inputs.x!).map(log1mexp), want, tolerance);
		expect(log1mexp(0.1)).toBeNaN();
	});
});

test('one pair, worked out; the likelihood of the chosen answer is the default nll', () => {
	const { loss, penalties, logOdds } = orpo({ chosenLogps: [-0.5], rejectedLogps: [-1] });
	expect(logOdds[0]).toBeCloseTo(0.974077, 6);
	expect(penalties[0]).toBeCloseTo(0.03203, 6);
	expect(loss).toBeCloseTo(0.53203, 6);
});

const pairs = fc.tuple(
	fc.double({ min: -8, max: -0.01, noNaN: true }),
	fc.double({ min: -8, max: -0.01, noNaN: true })
);

test('the log odds ratio is that of the odds, and swapping the answers negates it', () => {
	fc.assert(
		fc.property(pairs, ([w, l]) => {
			const odds = (logp: number) => Math.exp(logp) / (1 - Math.exp(logp));
			const { logOdds } = orpo({ chosenLogps: [w], rejectedLogps: [l] });
			expect(logOdds[0]).toBeCloseTo(Math.log(odds(w) / odds(l)), 10);
			const swapped = orpo({ chosenLogps: [l], rejectedLogps: [w] });
			expect(swapped.logOdds[0] + logOdds[0]).toBe(0);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('gradients are those of finite differences', () => {
	fc.assert(
		fc.property(pairs, ([w, l]) => {
			const step = 1e-6;
			const penalty = (a: number, b: number) =>
				orpo({ chosenLogps: [a], rejectedLogps: [b] }, { beta: 1 }).penalties[0];
			const { gradients } = orpo({ chosenLogps: [w], rejectedLogps: [l] }, { beta: 1 });
			const slope = (penalty(w + step, l) - penalty(w - step, l)) / (2 * step);
			const otherSlope = (penalty(w, l + step) - penalty(w, l - step)) / (2 * step);
			// slopes of 1/(1 − P) up to 100, third derivatives up to 1e6 times step²
			expect(Math.abs(gradients.chosenLogps[0] - slope)).toBeLessThan(1e-5);
			expect(Math.abs(gradients.rejectedLogps[0] - otherSlope)).toBeLessThan(1e-5);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test.each<[string, number[], number[], number, string]>([
	['no pairs', [], [], 0.1, 'chosenLogps must not be empty'],
	['a probability of 1', [0], [-1], 0.1, 'chosenLogps[0] must be below 0, got 0'],
	['a probability of 0', [-1], [-Infinity], 0.1, 'rejectedLogps[0] must be finite'],
	['a negative weight', [-1], [-1], -1, 'beta must be finite and ≥ 0, got -1']
])('%s: refused', (_, chosenLogps, rejectedLogps, beta, message) => {
	expect(() => orpo({ chosenLogps, rejectedLogps }, { beta })).toThrow(message);
});
