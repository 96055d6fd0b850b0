import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { klBernoulli } from '../../../src/kernels/rl/klBernoulli';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { klK1, klK2, klK3 } from '../../../src/kernels/rl/klEstimators';
import { libraryKl, type KlLibrary } from '../../../src/kernels/rl/libraryKl';
import reference from '../../reference/klEstimators.json';

type Encoded = number | string;
const ESTIMATOR: Record<string, 'k1' | 'k2' | 'k3'> = {
	kl: 'k1',
	k1: 'k1',
	k2: 'k2',
	mse: 'k2',
	k3: 'k3',
	'PPOTrainer k3': 'k3'
};
const LIBRARIES: Record<string, KlLibrary> = {
	verl_kl_penalty: 'verl',
	openrlhf_compute_approx_kl: 'openrlhf',
	search_r1_kl_penalty: 'searchR1',
	trl_kl: 'trl'
};

for (const section of reference.sections) {
	const library = LIBRARIES[section.name];
	const cases = section.cases as { name: string; inputs: unknown; outputs: unknown }[];
	if (!library) continue;
	describe(section.name, () => {
		// |d| is no estimator of the KL; the libraries only offer it beside the others.
		test.each(cases.filter(({ name }) => name !== 'abs'))('$name', ({ name, inputs, outputs }) => {
			const { logprob, ref_logprob } = inputs as Record<string, Encoded[]>;
			(outputs as Encoded[]).forEach((want, i) => {
				const got = libraryKl(library, ESTIMATOR[name], Number(logprob[i]), Number(ref_logprob[i]));
				const target = Number(want);
				if (!Number.isFinite(target)) return expect(got).toBe(target);
				const { rtol, atol } = section.tolerance;
				expect(Math.abs(got - target)).toBeLessThanOrEqual(atol + rtol * Math.abs(target));
				if (library === 'trl') {
					const bare = { k1: klK1, k2: klK2, k3: klK3 }[ESTIMATOR[name]];
					const own = bare(Number(logprob[i]), Number(ref_logprob[i]));
					expect(Math.abs(own - target)).toBeLessThanOrEqual(atol + rtol * Math.abs(target));
				}
			});
		});
	});
}

const exact = reference.sections.find(({ name }) => name === 'exact_kl_scipy')!;
test.each(exact.cases as { name: string; inputs: unknown; outputs: unknown }[])(
	'scipy and expectations: $name',
	({ inputs, outputs }) => {
		const { p, q } = inputs as { p: number[]; q: number[] };
		const want = outputs as Record<string, number>;
		const mean = (estimate: (a: number, b: number) => number) =>
			p.reduce(
				(sum, share, i) =>
					sum + (share === 0 ? 0 : share * estimate(Math.log(share), Math.log(q[i]))),
				0
			);
		// the reference subtracts numbers near 1: eps/1e-1
		expect(exactKl(p, q)).toBeCloseTo(want['KL(p||q)'], 12);
		expect(mean(klK1)).toBeCloseTo(want['E_p[k1]'], 12);
		expect(mean(klK2)).toBeCloseTo(want['E_p[k2]'], 12);
		expect(mean(klK3)).toBeCloseTo(want['E_p[k3]'], 12);
	}
);

const distribution = (size: number) =>
	fc
		.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: size, maxLength: size })
		.map((weights) => {
			const sum = weights.reduce((a, b) => a + b, 0);
			return weights.map((weight) => weight / sum);
		});

test('k1 and k3 have the KL as their mean; the KL is ≥ 0 and 0 for equals', () => {
	fc.assert(
		fc.property(distribution(6), distribution(6), (p, q) => {
			const kl = exactKl(p, q);
			const mean = (estimate: (a: number, b: number) => number) =>
				p.reduce((sum, share, i) => sum + share * estimate(Math.log(share), Math.log(q[i])), 0);
			expect(kl).toBeGreaterThanOrEqual(0);
			expect(exactKl(p, p)).toBeLessThan(1e-15); // six roundings
			expect(mean(klK1)).toBeCloseTo(kl, 12); // sums of six terms below 100
			expect(mean(klK3)).toBeCloseTo(kl, 12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('the mean gradient of k3 on own samples is that of KL(ref‖π), of k2 that of KL(π‖ref)', () => {
	const ref = [0.1, 0.6, 0.3];
	const softmax = (logits: number[]) => {
		const sum = logits.reduce((a, x) => a + Math.exp(x), 0);
		return logits.map((x) => Math.exp(x) / sum);
	};
	const logits = [0.3, -0.2, 0.5];
	const step = 1e-6;
	const slope = (f: (changed: number[]) => number, j: number) => {
		const shifted = (by: number) => logits.map((x, o) => (o === j ? x + by : x));
		return (f(shifted(step)) - f(shifted(-step))) / (2 * step);
	};
	const own = softmax(logits);
	for (let j = 0; j < 3; j++) {
		const meanOf = (estimate: (a: number, b: number) => number) =>
			slope((changed) => {
				const now = softmax(changed);
				return own.reduce(
					(sum, share, o) => sum + share * estimate(Math.log(now[o]), Math.log(ref[o])),
					0
				);
			}, j);
		// central differences: step² and rounding/step, both below 1e-9
		expect(meanOf(klK3)).toBeCloseTo(
			slope((changed) => exactKl(ref, softmax(changed)), j),
			8
		);
		expect(meanOf(klK2)).toBeCloseTo(
			slope((changed) => exactKl(softmax(changed), ref), j),
			8
		);
		expect(meanOf(klK1)).toBeCloseTo(0, 8);
	}
});

test('the Bernoulli KL is the categorical one over two outcomes', () => {
	fc.assert(
		fc.property(
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
			(p, q) => {
				expect(klBernoulli(p, q)).toBeCloseTo(exactKl([p, 1 - p], [q, 1 - q]), 12); // rounding
			}
		),
		{ seed: 1, numRuns: 200 }
	);
	expect(klBernoulli(1, 0.2)).toBeCloseTo(Math.log(5), 14);
	expect(klBernoulli(0.2, 0)).toBe(Infinity);
	expect(klBernoulli(0, 0)).toBe(0);
});

test('the worked values of the docstrings', () => {
	const [half, quarter] = [Math.log(0.5), Math.log(0.25)];
	expect(klK1(half, quarter)).toBeCloseTo(0.693147, 6);
	expect(klK2(half, quarter)).toBeCloseTo(0.240227, 6);
	expect(klK3(half, quarter)).toBeCloseTo(0.193147, 6);
	expect(klK3(half, -Infinity)).toBe(Infinity);
	expect(libraryKl('verl', 'k3', -30, -0.2)).toBe(10);
});

test('bad input is refused by name', () => {
	expect(() => klK3(-Infinity, -1)).toThrow('klK3: logProb must be finite, got -Infinity');
	expect(() => klK1(-1, NaN)).toThrow('klK1: refLogProb must be finite or −Infinity, got NaN');
	expect(() => exactKl([1], [0.5, 0.5])).toThrow("exactKl: q must have p's length 1, got 2");
	expect(() => exactKl([0.5, 0.4], [0.5, 0.5])).toThrow('exactKl: p must sum to 1');
	expect(() => exactKl([0.5, 0.5], [1.5, -0.5])).toThrow('exactKl: q[0] must be in [0, 1]');
	expect(() => klBernoulli(1.2, 0.5)).toThrow('klBernoulli: p must be in [0, 1], got 1.2');
});
