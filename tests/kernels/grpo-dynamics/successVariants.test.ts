import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logit, sigmoid } from '../../../src/kernels/core/sigmoid';
import { clippedStep } from '../../../src/kernels/grpo-dynamics/clippedStep';
import { omegaMinus, omegaPlus } from '../../../src/kernels/grpo-dynamics/omega';
import { successTrajectory } from '../../../src/kernels/grpo-dynamics/successTrajectory';
import {
	successStep,
	type SuccessVariant
} from '../../../src/kernels/grpo-dynamics/successVariants';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { klBernoulli } from '../../../src/kernels/rl/klBernoulli';
import reference from '../../reference/grpoDynamics.json';

describe('variants, computed apart from this project', () => {
	const section = reference.sections.find(({ name }) => name === 'variants')!;
	const columns: [string, SuccessVariant, object][] = [
		['eps_added_to_std (TRL 1e-4)', 'whitened', { epsilon: 1e-4, normalisation: 'std+epsilon' }],
		['mirror: KL to the PREVIOUS policy, eps 1e-5', 'mirror', { epsilon: 1e-5 }],
		['mean-only (Dr. GRPO), KL to reference', 'mean-only', {}],
		['mean-only, mirror', 'mean-only mirror', {}]
	];
	const cases = section.cases as unknown as {
		name: string;
		inputs: { beta: number; p_ref: number };
		outputs: Record<string, number[]>;
	}[];
	for (const { name, inputs, outputs } of cases) {
		test.each(columns)(`${name}: %s`, (column, variant, options) => {
			const want = outputs[column];
			const { rates } = successTrajectory(
				variant,
				{ pRef: inputs.p_ref, beta: inputs.beta, ...options },
				want.length - 1
			);
			const { rtol, atol } = section.tolerance;
			rates.forEach((rate, n) =>
				expect(Math.abs(rate - want[n])).toBeLessThanOrEqual(atol + rtol * want[n])
			);
		});
	}
});

describe('orbits, computed apart from this project', () => {
	const section = reference.sections.find(({ name }) => name.startsWith('recurrence'))!;
	const cases = section.cases as unknown as {
		name: string;
		inputs: { beta: number; p_ref: number; eps: number };
		outputs: { logit_first_10: number[] };
	}[];
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const want = outputs.logit_first_10;
		const { logits } = successTrajectory(
			'whitened',
			{ pRef: inputs.p_ref, beta: inputs.beta, epsilon: inputs.eps },
			want.length - 1
		);
		const { rtol, atol } = section.tolerance;
		logits.forEach((at, n) =>
			expect(Math.abs(at - want[n])).toBeLessThanOrEqual(atol + rtol * Math.abs(want[n]))
		);
	});
});

test('the orbits that the lesson shows', () => {
	const rates = (variant: SuccessVariant, beta: number, steps: number, alpha?: number) =>
		successTrajectory(variant, { pRef: 0.2, beta, alpha }, steps).rates.slice(1);
	const near = (got: number[], want: number[]) =>
		got.forEach((rate, n) => expect(rate).toBeCloseTo(want[n], 6));
	near(rates('whitened', 2, 4), [0.465969, 0.405165, 0.409066, 0.408697]);
	near(rates('two-kl', 3, 3, 4), [0.263246, 0.29779, 0.316062]);
	near(rates('mirror', 4, 6), [0.318361, 0.44407, 0.569175, 0.686397, 0.789541, 0.87385]);
	near(rates('mean-only', 2, 3), [0.29187513, 0.29187513, 0.29187513]);
});

test('after one step at β = 5 the harder prompt is the likelier one', () => {
	const after = (pRef: number) =>
		successTrajectory('whitened', { pRef, beta: 5, epsilon: 0 }, 1).rates[1];
	expect(after(0.001)).toBeCloseTo(0.359, 3);
	expect(after(0.01)).toBeCloseTo(0.07, 3);
});

test('mean-only mirror moves the logit by n/β', () => {
	const { logits } = successTrajectory('mean-only mirror', { pRef: 0.2, beta: 4 }, 12);
	logits.forEach((at, n) => expect(at).toBeCloseTo(logit(0.2) + n / 4, 12)); // twelve sums
});

test('two-kl without α is whitened; with α its step is a share of the whitened one', () => {
	const params = { pRef: 0.1, beta: 2 };
	const whitened = successStep('whitened', 0.7, params);
	expect(successStep('two-kl', 0.7, { ...params, alpha: 0 })).toBe(whitened);
	const half = successStep('two-kl', 0.7, { ...params, alpha: 2 });
	expect(half).toBeCloseTo((0.7 + whitened) / 2, 14);
});

test('finite groups tend to the infinite one, mean-only keeps (G−1)/G of its push', () => {
	const at = logit(0.3);
	const step = (numGenerations?: number) =>
		successStep('whitened', at, { pRef: 0.2, beta: 2, numGenerations });
	// the relative loss is about 1/(8 G v) = 3e−5 at G = 20000
	expect(step(20_000)).toBeCloseTo(step(), 4);
	expect(step(8)).toBeLessThan(step(64));
	const meanOnly = successStep('mean-only', at, { pRef: 0.2, beta: 2, numGenerations: 8 });
	expect(meanOnly).toBeCloseTo(logit(0.2) + 7 / 8 / 2, 14);
});

test('the KL of the orbit is that of a policy whose classes are scaled', () => {
	const { rates, klToReference } = successTrajectory('whitened', { pRef: 0.2, beta: 2 }, 3);
	const reference = [0.05, 0.15, 0.3, 0.5];
	rates.forEach((p, n) => {
		const policy = reference.map((share, o) => share * (o < 2 ? p / 0.2 : (1 - p) / 0.8));
		expect(klToReference[n]).toBeCloseTo(exactKl(policy, reference), 12); // rounding
	});
});

describe('the clip', () => {
	test.each([
		[0.2, 0.2, 0.5, 0.2, 0.36],
		[0.5, 0.5, 4, 0.2, 0.6],
		[0.2, 0.2, 4, 0.2, 0.24],
		[0.8, 0.5, 1, 0.2, 0.84]
	])('p = %f, p_ref = %f, β = %f, ε = %f leads to %f', (p, pRef, beta, clipEpsilon, want) => {
		expect(sigmoid(clippedStep(logit(p), { pRef, beta, clipEpsilon }))).toBeCloseTo(want, 12);
	});

	const setting = fc.record({
		p: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
		pRef: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
		beta: fc.double({ min: 0.1, max: 10, noNaN: true }),
		low: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
		high: fc.double({ min: 0.01, max: 2, noNaN: true })
	});

	test('no rate on a fine grid does better', () => {
		fc.assert(
			fc.property(setting, ({ p, pRef, beta, low, high }) => {
				const plus = omegaPlus(p, 1e-5);
				const minus = omegaMinus(p, 1e-5);
				// a right answer's ratio is u/p, a wrong one's (1−u)/(1−p)
				const objective = (u: number) =>
					plus * p * Math.min(u / p, 1 + high) -
					minus * (1 - p) * Math.max((1 - u) / (1 - p), 1 - low) -
					beta * klBernoulli(u, pRef);
				const u = sigmoid(
					clippedStep(logit(p), { pRef, beta, clipEpsilon: low, clipEpsilonHigh: high })
				);
				let best = -Infinity;
				for (let i = 0; i <= 4000; i++) best = Math.max(best, objective(i / 4000));
				// both sides round to 1e-14 or so; β·KL reaches 50
				expect(objective(u)).toBeGreaterThanOrEqual(best - 1e-10);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('no other policy does better either, also one that is uneven inside a class', () => {
		const reference = [0.05, 0.15, 0.3, 0.5];
		const [pRef, p, beta, clipEpsilon] = [0.2, 0.3, 0.5, 0.2];
		const scaled = (rate: number) =>
			reference.map((share, o) => share * (o < 2 ? rate / pRef : (1 - rate) / (1 - pRef)));
		const old = scaled(p);
		const objective = (policy: number[]) =>
			policy.reduce((sum, share, o) => {
				const ratio = share / old[o];
				const gain =
					o < 2
						? omegaPlus(p, 1e-5) * Math.min(ratio, 1 + clipEpsilon)
						: -omegaMinus(p, 1e-5) * Math.max(ratio, 1 - clipEpsilon);
				return sum + old[o] * gain;
			}, 0) -
			beta * exactKl(policy, reference);
		const best = objective(scaled(sigmoid(clippedStep(logit(p), { pRef, beta, clipEpsilon }))));
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 1e-3, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
				(weights) => {
					const sum = weights.reduce((a, b) => a + b, 0);
					expect(objective(weights.map((w) => w / sum))).toBeLessThan(best + 1e-12);
				}
			),
			{ seed: 1, numRuns: 1000 }
		);
	});

	test('a wide clip changes nothing', () => {
		fc.assert(
			fc.property(setting, ({ p, pRef, beta }) => {
				const params = { pRef, beta };
				const open = clippedStep(logit(p), { ...params, clipEpsilon: Infinity });
				expect(open).toBeCloseTo(successStep('whitened', logit(p), params), 12);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});
});

test('bad input is refused by name', () => {
	const params = { pRef: 0.2, beta: 1 };
	expect(() => successStep('two-kl', 0, { ...params, alpha: -1 })).toThrow('alpha must be finite');
	expect(() => successStep('clipped', 0, { ...params, clipEpsilon: -1 })).toThrow(
		'clipEpsilon must be ≥ 0, got -1'
	);
	expect(() => successStep('mirror', 0, { ...params, beta: -1 })).toThrow('beta must be positive');
	expect(() => successTrajectory('whitened', params, 1.5)).toThrow('steps must be a whole number');
});
