import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSumExp } from '../../../src/kernels/core/logSumExp';
import { logit, logSigmoid, sigmoid } from '../../../src/kernels/core/sigmoid';
import { logSoftmax, softmax } from '../../../src/kernels/core/softmax';
import reference from '../../reference/logProbabilities.json';

type Logit = number | string;
interface Case {
	inputs: { logits: Logit[][][]; labels?: number[][] };
	outputs: (number | string)[][];
}

const casesOf = (name: string) =>
	reference.sections.find((section) => section.name === name)!.cases as unknown as Case[];

/** Every position of every case, with the value that the library gives. */
function positions(name: string) {
	return casesOf(name).flatMap(({ inputs: { logits, labels }, outputs }) =>
		logits.flatMap((row, i) =>
			row.map((own, t) => ({
				logits: own.map(Number),
				label: labels?.[i][t],
				wanted: Number(outputs[i][t])
			}))
		)
	);
}

const finite = fc.double({ min: -700, max: 700, noNaN: true });

describe('logSoftmax against the log-probabilities of TRL and verl', () => {
	test.each(['logprob_trl', 'logprob_verl_v2'])('%s', (name) => {
		for (const { logits, label, wanted } of positions(name)) {
			if (Number.isNaN(wanted)) expect(() => logSoftmax(logits)).toThrow(RangeError);
			// float64 on both sides; at logits of 10⁴ a last digit is 2e-12.
			else expect(Math.abs(logSoftmax(logits)[label!] - wanted)).toBeLessThan(1e-11);
		}
	});

	test('the entropy of its probabilities is SciPy’s', () => {
		for (const { logits, wanted } of positions('entropy_scipy')) {
			if (Number.isNaN(wanted)) continue;
			const logs = logSoftmax(logits);
			const entropy = -softmax(logits).reduce((sum, p, i) => sum + (p > 0 ? p * logs[i] : 0), 0);
			expect(Math.abs(entropy - wanted)).toBeLessThan(1e-11);
		}
	});
});

describe('softmax', () => {
	test('sums to 1 and does not see a shift of all logits', () => {
		fc.assert(
			fc.property(fc.array(finite, { minLength: 1, maxLength: 20 }), finite, (logits, shift) => {
				const plain = softmax(logits);
				const shifted = softmax(logits.map((logit) => logit + shift));
				expect(plain.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
				// Adding 700 to a logit costs it its last three digits.
				plain.forEach((p, i) => expect(Math.abs(p - shifted[i])).toBeLessThan(1e-11));
			}),
			{ seed: 1 }
		);
	});

	test('is exact at the edges', () => {
		expect([...softmax([1000, 0])]).toEqual([1, 0]);
		expect([...softmax([-Infinity, 0])]).toEqual([0, 1]);
		for (const bad of [[], [NaN], [-Infinity, -Infinity], [Infinity]]) {
			expect(() => softmax(bad)).toThrow(RangeError);
		}
	});
});

describe('logSumExp', () => {
	test('adds numbers in log space', () => {
		expect(logSumExp([Math.log(2), Math.log(3)])).toBeCloseTo(Math.log(5), 14);
		expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
		expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
		expect(logSumExp([0, Infinity])).toBe(Infinity);
		expect(() => logSumExp([])).toThrow(RangeError);
		expect(() => logSumExp([0, NaN])).toThrow(RangeError);
	});
});

describe('sigmoid', () => {
	test('has its known values, also far out', () => {
		expect(sigmoid(0)).toBe(0.5);
		expect(sigmoid(-1000)).toBe(0);
		expect(logSigmoid(-1000)).toBe(-1000);
		expect(logSigmoid(1000)).toBe(0);
		expect(logit(0.2)).toBeCloseTo(-1.3862943611198906, 14);
		expect(logit(0)).toBe(-Infinity);
		expect(() => logit(1.1)).toThrow(RangeError);
	});

	test('laws: symmetry, its logarithm, its inverse', () => {
		fc.assert(
			fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (x) => {
				expect(sigmoid(x) + sigmoid(-x)).toBeCloseTo(1, 14);
				expect(logSigmoid(x)).toBeCloseTo(Math.log(sigmoid(x)), 12);
				if (Math.abs(x) < 15) expect(logit(sigmoid(x))).toBeCloseTo(x, 8);
			}),
			{ seed: 1 }
		);
	});
});
