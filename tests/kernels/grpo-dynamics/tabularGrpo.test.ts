import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { fixedPoints } from '../../../src/kernels/grpo-dynamics/fixedPoints';
import { onPolicyFixedPoint } from '../../../src/kernels/grpo-dynamics/onPolicyFixedPoint';
import { successTrajectory } from '../../../src/kernels/grpo-dynamics/successTrajectory';
import type { SuccessVariant } from '../../../src/kernels/grpo-dynamics/successVariants';
import { tabularGrpo } from '../../../src/kernels/grpo-dynamics/tabularGrpo';
import type { TabularGrpoConfig } from '../../../src/kernels/grpo-dynamics/tabularGrpoConfig';
import { zeroSignalProbability } from '../../../src/kernels/grpo-dynamics/zeroSignal';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

function train(config: Partial<TabularGrpoConfig>, seed: number) {
	return [...tabularGrpo(config, createStream(seed))].pop()!;
}

const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Mean success rate over the seeds after each iteration. */
function meanRates(config: Partial<TabularGrpoConfig>): number[] {
	const runs = SEEDS.map((seed) => train(config, seed).successRate);
	return runs[0].map((_, n) => average(runs.map((rates) => rates[n])));
}

/** The theory with the advantages as TRL computes them. */
const trl = { ddof: 1, epsilon: 1e-4, normalisation: 'std+epsilon' } as const;

const maximising: Partial<TabularGrpoConfig> = {
	pRef: [0.2],
	beta: 2,
	numGenerations: 16,
	groups: 64,
	innerSteps: 20,
	learningRate: 2.5,
	iterations: 10
};

describe('bookkeeping', () => {
	test('it starts at the reference and yields histories that stay as they were', () => {
		const yields = [...tabularGrpo({ ...maximising, iterations: 3 }, createStream(1))];
		expect(yields.map(({ iteration }) => iteration.length)).toEqual([1, 2, 3, 4]);
		const [first, , , last] = yields;
		expect(first.successRate[0]).toBeCloseTo(0.2, 14);
		expect(first.klToReference).toEqual([expect.closeTo(0, 14)]);
		expect(first.zeroSignalFraction).toEqual([NaN]);
		expect(last.iteration).toEqual([0, 1, 2, 3]);
		expect(last.successRate.slice(0, 3)).toEqual(yields[2].successRate);
		expect(last.promptSuccessRates).toEqual([last.successRate]);
	});

	test('the same seed gives the same run, another one another', () => {
		const config = { ...maximising, groups: 2, iterations: 4 };
		expect(train(config, 1)).toEqual(train(config, 1));
		expect(train(config, 2).successRate).not.toEqual(train(config, 1).successRate);
	});

	test('a prompt does not feel the others, unless the batch’s deviation joins them', () => {
		const config = { ...maximising, groups: 2, iterations: 4 };
		const alone = train(config, 1).promptSuccessRates[0];
		const company = { ...config, pRef: [0.2, 0.01] };
		expect(train(company, 1).promptSuccessRates[0]).toEqual(alone);
		const batch = { library: 'trl', scaleRewards: 'batch' } as const;
		const joined = train({ ...company, advantages: batch }, 1).promptSuccessRates[0];
		expect(joined).not.toEqual(alone);
		const both = train(company, 1);
		both.successRate.forEach((rate, n) =>
			expect(rate).toBeCloseTo(average(both.promptSuccessRates.map((own) => own[n])), 14)
		);
	});

	test('settings out of range are refused by name', () => {
		const run = (config: Partial<TabularGrpoConfig>) => () => train(config, 1);
		expect(run({ pRef: [] })).toThrow('tabularGrpo: pRef must be one rate per prompt');
		expect(run({ groups: 0 })).toThrow('groups must be a positive integer, got 0');
		expect(run({ innerSteps: 1.5 })).toThrow('innerSteps must be a positive integer, got 1.5');
		expect(run({ iterations: -1 })).toThrow('iterations must be a whole number ≥ 0, got -1');
		expect(run({ learningRate: 0 })).toThrow('learningRate must be positive and finite, got 0');
		expect(run({ maxGradNorm: 0 })).toThrow('maxGradNorm must be positive, got 0');
		expect(run({ beta: -1 })).toThrow('beta must be finite and ≥ 0, got -1');
		expect(run({ pRef: [1] })).toThrow('pRef must be in (0, 1), got 1');
	});
});

describe('maximised iterations with many groups follow the theory, mean over 20 seeds', () => {
	/** Standard error of the mean about 0.001 (one run: 0.003 to 0.005), so four of them. */
	const BOUND = 0.004;

	function compare(
		config: Partial<TabularGrpoConfig>,
		variant: SuccessVariant,
		params: { numGenerations?: number; alpha?: number; pRef: number; beta: number },
		from = 1
	) {
		const sampled = meanRates(config);
		const { rates } = successTrajectory(variant, { ...trl, ...params }, sampled.length - 1);
		for (let n = from; n < sampled.length; n++) {
			expect(Math.abs(sampled[n] - rates[n])).toBeLessThan(BOUND);
		}
	}

	test('groups of 16', () => {
		compare(maximising, 'whitened', { pRef: 0.2, beta: 2, numGenerations: 16 });
	});

	test('large groups: the paper’s map itself', () => {
		// groups of 512 cost about 0.2 % of Ω, or 0.0005 in the rate
		const config = { ...maximising, numGenerations: 512, groups: 4, innerSteps: 60 };
		compare(config, 'whitened', { pRef: 0.2, beta: 2 });
	});

	test('mean-only stands after one step', () => {
		const config = {
			...maximising,
			advantages: { library: 'trl', scaleRewards: 'none' }
		} as const;
		compare(config, 'mean-only', { pRef: 0.2, beta: 2, numGenerations: 16 });
	});

	test('two penalties damp', () => {
		const config = { ...maximising, beta: 3, alpha: 4, learningRate: 1.6, innerSteps: 60 };
		compare(config, 'two-kl', { pRef: 0.2, beta: 3, alpha: 4, numGenerations: 16 });
	});

	test('the mirror climbs on', () => {
		const config = { ...maximising, beta: 0, alpha: 4, learningRate: 2, innerSteps: 100 };
		compare({ ...config, iterations: 8 }, 'mirror', { pRef: 0.2, beta: 4, numGenerations: 16 });
	});

	test('a hard prompt in large groups jumps between two rates, in small ones it settles', () => {
		const hard = { pRef: [0.005], right: 1, innerSteps: 400, learningRate: 5, iterations: 8 };
		const large = { ...maximising, ...hard, numGenerations: 256, groups: 16 };
		for (const seed of SEEDS) {
			const rates = train(large, seed).successRate.slice(1);
			const odd = rates.filter((_, n) => n % 2 === 0);
			const even = rates.filter((_, n) => n % 2 === 1);
			expect(Math.min(...odd)).toBeGreaterThan(2 * Math.max(...even));
		}
		const small = meanRates({ ...maximising, ...hard, numGenerations: 16, groups: 256 });
		// theory 0.0269; one run deviates by 0.001
		for (const rate of small.slice(3)) expect(Math.abs(rate - 0.0269)).toBeLessThan(0.001);
	});
});

describe('where practice departs from the theory', () => {
	test('k3 uncorrected, one small step a batch: rest at p − p_ref = p(1−p)Ω/β', () => {
		const small = { ...maximising, groups: 16, innerSteps: 1, learningRate: 2, iterations: 150 };
		const tail = (config: Partial<TabularGrpoConfig>) => average(meanRates(config).slice(-50));
		const params = { pRef: 0.2, beta: 2, numGenerations: 16, ...trl };
		const rest = onPolicyFixedPoint(params).rate;
		const theory = successTrajectory('whitened', params, 60).rates[60];
		// mean over 20 runs of 50 entries: 0.0003
		expect(Math.abs(tail({ ...small, useBiasCorrectionKl: false }) - rest)).toBeLessThan(0.0015);
		expect(Math.abs(tail({ ...small, useBiasCorrectionKl: true }) - theory)).toBeLessThan(0.0015);
		expect(rest - theory).toBeGreaterThan(0.03);
	});

	test('a rare success in groups of 16: nearly all groups are silent, and no leap comes', () => {
		const config = { ...maximising, pRef: [0.001], beta: 5, right: 1, iterations: 1 };
		const runs = SEEDS.map((seed) => train(config, seed));
		const silent = average(runs.map((run) => run.zeroSignalFraction[1]));
		// 1280 groups: a standard error of 0.0035
		expect(Math.abs(silent - zeroSignalProbability(0.001, 16))).toBeLessThan(0.014);
		const leap = successTrajectory('whitened', { pRef: 0.001, beta: 5 }, 1).rates[1];
		expect(leap).toBeGreaterThan(0.3);
		for (const run of runs) expect(run.successRate[1]).toBeLessThan(0.01);
	});

	test('the clip slows the climb and is counted; without it nothing is', () => {
		const config = { ...maximising, beta: 0.5, iterations: 3 };
		const open = SEEDS.map((seed) => train(config, seed));
		const held = SEEDS.map((seed) => train({ ...config, epsilon: 0.2, epsilonHigh: 0.2 }, seed));
		expect(open.every(({ clipFraction }) => clipFraction[1] === 0)).toBe(true);
		held.forEach((run, i) => {
			expect(run.clipFraction[1]).toBeGreaterThan(0);
			expect(run.successRate[1]).toBeLessThan(open[i].successRate[1]);
		});
	});

	test('few samples let the right answers drift apart, which the theory never does', () => {
		const config = { ...maximising, groups: 1, beta: 0.5, iterations: 40 };
		const last = SEEDS.map((seed) => train(config, seed).rightEntropy[40]);
		expect(average(last)).toBeLessThan(Math.log(5) - 0.01);
	});

	test('a group of one teaches nothing in TRL: the policy stays', () => {
		const run = train({ ...maximising, numGenerations: 1, iterations: 3 }, 1);
		expect(run.zeroSignalFraction.slice(1)).toEqual([1, 1, 1]);
		run.successRate.forEach((rate) => expect(rate).toBeCloseTo(0.2, 10)); // rounding of logits
	});
});

describe('the optimiser', () => {
	test('Adam climbs too, in all 20 seeds', () => {
		const config = {
			optimizer: 'adam',
			learningRate: 0.05,
			innerSteps: 1,
			iterations: 60
		} as const;
		for (const seed of SEEDS) {
			expect(train({ ...maximising, groups: 8, ...config }, seed).successRate[60]).toBeGreaterThan(
				0.3
			);
		}
	});

	test('maxGradNorm bounds a step', () => {
		const run = train({ ...maximising, maxGradNorm: 1e-9, iterations: 1 }, 1);
		// twenty steps of at most 2.5e-9 in the logits
		expect(Math.abs(run.successRate[1] - 0.2)).toBeLessThan(2e-8);
	});
});

describe('the rest of small on-policy steps', () => {
	test('closed form for ε = 0 and infinite groups', () => {
		for (const [pRef, beta] of [
			[0.2, 2],
			[0.05, 3],
			[0.6, 0.3]
		]) {
			const { rate } = onPolicyFixedPoint({ pRef, beta, epsilon: 0 });
			// (p − p_ref)²β² = p(1−p), the larger root
			const a = 1 + beta * beta;
			const b = 2 * beta * beta * pRef + 1;
			const root = (b + Math.sqrt(b * b - 4 * a * beta * beta * pRef * pRef)) / (2 * a);
			expect(rate).toBeCloseTo(root, 12); // rounding
		}
		expect(onPolicyFixedPoint({ pRef: 0.2, beta: 2, epsilon: 0 }).rate).toBeCloseTo(0.44868, 5);
	});

	test('for a trainer’s β it is 1 − β²(1−p_ref)², where the theory’s is exponentially near 1', () => {
		const params = { pRef: 0.2, beta: 0.04, epsilon: 0 };
		expect(onPolicyFixedPoint(params).failure / (0.04 ** 2 * 0.8 ** 2)).toBeCloseTo(1, 2);
		const theory = fixedPoints({ pRef: 0.2, beta: 0.04, epsilon: 1e-5 });
		expect(theory.length).toBe(1);
		expect(theory[0].failure).toBeLessThan(1e-300);
	});

	test('pRef must leave room', () => {
		expect(() => onPolicyFixedPoint({ pRef: 1, beta: 1 })).toThrow('pRef must be in (0, 1), got 1');
	});
});
