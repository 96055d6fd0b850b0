import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	bradleyTerryLoss,
	type BradleyTerryLossOptions
} from '../../../src/kernels/preference/bradleyTerryLoss';
import reference from '../../reference/preferenceLosses.json';
import { decode, expectAllNear, expectNear, section, type Encoded } from '../rl/outside';

interface Inputs {
	chosen_rewards: Encoded[];
	rejected_rewards: Encoded[];
	margin: number[] | null;
	center_rewards_coefficient?: number | null;
}

interface Outputs {
	loss: Encoded;
	grad_chosen: Encoded[];
	grad_rejected: Encoded[];
}

for (const [name, library, lossType] of [
	['bradley_terry_openrlhf_pairwise', 'openrlhf', 'sigmoid'],
	['bradley_terry_openrlhf_logexp', 'openrlhf', 'logexp'],
	['bradley_terry_trl', 'trl', 'sigmoid']
] as const) {
	const { cases, tolerance } = section<Inputs, Outputs>(reference, name);
	describe(name, () => {
		test.each(cases)('$name', ({ inputs, outputs }) => {
			const { loss, gradients } = bradleyTerryLoss(
				decode(inputs.chosen_rewards),
				decode(inputs.rejected_rewards),
				{
					lossType,
					library,
					margin: inputs.margin ?? undefined,
					centerRewardsCoefficient: inputs.center_rewards_coefficient ?? undefined
				}
			);
			// The reference has the gradients of the mean.
			const perPair = (slopes: number[]) => slopes.map((slope) => slope / slopes.length);
			expectNear(loss, outputs.loss, tolerance);
			expectAllNear(perPair(gradients.chosenRewards), outputs.grad_chosen, tolerance);
			expectAllNear(perPair(gradients.rejectedRewards), outputs.grad_rejected, tolerance);
		});
	});
}

test('worked values; OpenRLHF ignores the margin of logexp', () => {
	const { loss, gradients, probabilities, accuracy } = bradleyTerryLoss([1], [0]);
	expect(loss).toBeCloseTo(0.313262, 6);
	expect(gradients.chosenRewards[0]).toBeCloseTo(-0.268941, 6);
	expect(probabilities[0]).toBeCloseTo(0.731059, 6);
	expect(accuracy).toBe(1);
	const wide = bradleyTerryLoss([1], [0], { margin: [1] });
	expect(wide.loss).toBeCloseTo(Math.LN2, 14);
	expect(wide.gradients.rejectedRewards[0]).toBeCloseTo(0.5, 14);
	const ignored = bradleyTerryLoss([1], [0], {
		margin: [1],
		lossType: 'logexp',
		library: 'openrlhf'
	});
	expect(ignored.loss).toBeCloseTo(loss, 14);
	expect(bradleyTerryLoss([-1e4], [1e4], { lossType: 'logexp' }).loss).toBe(Infinity);
	expect(bradleyTerryLoss([-1e4], [1e4]).loss).toBe(20000);
});

const rewards = fc.double({ min: -5, max: 5, noNaN: true });

test('gradients are those of finite differences; only differences count without centring', () => {
	fc.assert(
		fc.property(
			rewards,
			rewards,
			rewards,
			fc.constantFrom(0, 0.01, 0.5),
			fc.constantFrom('sigmoid' as const, 'logexp' as const),
			(w, l, m, centerRewardsCoefficient, lossType) => {
				const options = {
					centerRewardsCoefficient,
					lossType,
					margin: lossType === 'sigmoid' ? [m] : undefined
				};
				const at = (a: number, b: number) => bradleyTerryLoss([a], [b], options);
				const step = 1e-5;
				const { gradients, loss } = at(w, l);
				// losses up to 65: rounding 1e-14/step; third derivatives below 1 times step²
				const chosen = (at(w + step, l).loss - at(w - step, l).loss) / (2 * step);
				const rejected = (at(w, l + step).loss - at(w, l - step).loss) / (2 * step);
				expect(gradients.chosenRewards[0]).toBeCloseTo(chosen, 7);
				expect(gradients.rejectedRewards[0]).toBeCloseTo(rejected, 7);
				if (centerRewardsCoefficient === 0) expect(at(w + 3, l + 3).loss).toBeCloseTo(loss, 12);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test.each<[string, number[], number[], BradleyTerryLossOptions, string]>([
	['no pairs', [], [], {}, 'chosenRewards must not be empty'],
	['lists that do not fit', [1], [], {}, 'rejectedRewards must be 1 long, got 0'],
	['an infinite reward', [Infinity], [1], {}, 'chosenRewards[0] must be finite'],
	['a margin that would be ignored', [1], [1], { lossType: 'logexp', margin: [1] }, "'logexp'"],
	[
		'a negative weight',
		[1],
		[1],
		{ centerRewardsCoefficient: -1 },
		'must be finite and ≥ 0, got -1'
	]
])('%s: refused', (_, chosen, rejected, options, message) => {
	expect(() => bradleyTerryLoss(chosen, rejected, options)).toThrow(RangeError);
	expect(() => bradleyTerryLoss(chosen, rejected, options)).toThrow(message);
});
