import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kto, type KtoOptions } from '../../../src/kernels/preference/kto';
import reference from '../../reference/preferenceLosses.json';
import { expectAllNear, expectNear, section, type Encoded } from '../rl/outside';

interface Inputs {
	chosen_logps: number[];
	rejected_logps: number[];
	ref_chosen_logps: number[];
	ref_rejected_logps: number[];
	KL_logps: number[];
	ref_KL_logps: number[];
	loss_type: 'kto' | 'apo_zero_unpaired';
	beta: number;
	desirable_weight: number;
	undesirable_weight: number;
}

interface Outputs {
	losses: Encoded[];
	kl: Encoded | Encoded[];
	chosen_rewards: Encoded[];
	rejected_rewards: Encoded[];
	/** null where there are no such answers. */
	grad_chosen: Encoded[] | null;
	grad_rejected: Encoded[] | null;
}

describe('TRL KTOTrainer', () => {
	const { cases, tolerance } = section<Inputs, Outputs>(reference, 'kto_trl');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const good = inputs.chosen_logps.length;
		const got = kto(
			{
				logps: [...inputs.chosen_logps, ...inputs.rejected_logps],
				refLogps: [...inputs.ref_chosen_logps, ...inputs.ref_rejected_logps],
				labels: [...inputs.chosen_logps.map(() => true), ...inputs.rejected_logps.map(() => false)],
				klLogps: inputs.KL_logps,
				refKlLogps: inputs.ref_KL_logps
			},
			{
				lossType: inputs.loss_type,
				beta: inputs.beta,
				desirableWeight: inputs.desirable_weight,
				undesirableWeight: inputs.undesirable_weight,
				library: 'trl'
			}
		);
		expectAllNear(got.losses, outputs.losses, tolerance);
		expectNear(got.kl, [outputs.kl].flat()[0], tolerance);
		expectAllNear(got.rewards.slice(0, good), outputs.chosen_rewards, tolerance);
		expectAllNear(got.rewards.slice(good), outputs.rejected_rewards, tolerance);
		expectAllNear(got.gradients.slice(0, good), outputs.grad_chosen ?? [], tolerance);
		expectAllNear(got.gradients.slice(good), outputs.grad_rejected ?? [], tolerance);
	});
});

const one = { logps: [-12], refLogps: [-13], labels: [true] };

test('one desirable answer, worked out', () => {
	const { loss, gradients, rewards, kl } = kto(one, { kl: 0.5 });
	expect(loss).toBeCloseTo(0.487503, 6);
	expect(gradients[0]).toBeCloseTo(-0.024984, 6);
	expect(rewards[0]).toBeCloseTo(0.1, 14);
	expect(kl).toBe(0.5);
});

const answers = fc.record({
	ratio: fc.double({ min: -6, max: 6, noNaN: true }),
	kl: fc.double({ min: 0, max: 4, noNaN: true }),
	label: fc.boolean(),
	beta: fc.double({ min: 0.1, max: 2, noNaN: true })
});

test('gradients are those of finite differences with the baseline held', () => {
	fc.assert(
		fc.property(answers, ({ ratio, kl, label, beta }) => {
			const at = (logp: number) =>
				kto(
					{ logps: [logp], refLogps: [0], labels: [label] },
					{ kl, beta, undesirableWeight: 1.5 }
				);
			const step = 1e-5;
			const slope = (at(ratio + step).loss - at(ratio - step).loss) / (2 * step);
			// rounding 1e-16/step, third derivative below 2 times step²
			expect(at(ratio).gradients[0]).toBeCloseTo(slope, 8);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('the pull is strongest at the baseline, and moving answers and baseline alike changes nothing', () => {
	fc.assert(
		fc.property(answers, ({ ratio, kl, label, beta }) => {
			const at = (shift: number, options: KtoOptions) =>
				kto({ logps: [ratio + shift], refLogps: [0], labels: [label] }, { beta, ...options });
			const here = at(0, { kl });
			expect(Math.abs(here.gradients[0])).toBeLessThan(beta / 4 + 1e-15);
			expect(Math.abs(at(kl - ratio, { kl }).gradients[0])).toBeCloseTo(beta / 4, 12);
			expect(at(1, { kl: kl + 1 }).loss).toBeCloseTo(here.loss, 12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test.each<[string, Parameters<typeof kto>[0], KtoOptions, string]>([
	['no answers', { logps: [], refLogps: [], labels: [] }, { kl: 0 }, 'labels must not be empty'],
	['no baseline', one, {}, 'klLogps and refKlLogps, or kl, must be given'],
	['a negative baseline', one, { kl: -1 }, 'kl must be finite and ≥ 0, got -1'],
	['NaN', { ...one, logps: [NaN] }, { kl: 0 }, 'logps[0] must be finite, got NaN'],
	['too few references', { ...one, refLogps: [] }, { kl: 0 }, 'refLogps must be 1 long, got 0'],
	['β = 0', one, { kl: 0, beta: 0 }, 'beta must be positive and finite, got 0'],
	[
		'a negative weight',
		one,
		{ kl: 0, desirableWeight: -1 },
		'desirableWeight must be finite and ≥ 0'
	]
])('%s: refused', (_, batch, options, message) => {
	expect(() => kto(batch, options)).toThrow(RangeError);
	expect(() => kto(batch, options)).toThrow(message);
});
