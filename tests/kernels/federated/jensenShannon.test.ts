import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jensenShannon } from '../../../src/kernels/federated/jensenShannon';
import reference from '../../reference/federated.json';

const section = reference.sections.find(({ name }) => name === 'jensen_shannon_scipy')!;
const { rtol, atol } = section.tolerance;

interface Entry {
	name: string;
	inputs: { p: (number | string)[]; q: (number | string)[] };
	outputs: { distance: number | string; 'divergence=distance^2': number | string };
}

describe('SciPy jensenshannon', () => {
	for (const { name, inputs, outputs } of section.cases as unknown as Entry[]) {
		test(name, () => {
			const p = inputs.p.map(Number);
			const q = inputs.q.map(Number);
			const { distance, divergence } = jensenShannon(p, q, { invalid: 'scipy' });
			if (name.startsWith('tiny difference')) {
				// SciPy: NaN, by cancellation. Taylor: JSD = Σ (p−q)²/(8p) = 5e−19 for a gap of 1e−9.
				expect(distance / Math.sqrt(5e-19)).toBeCloseTo(1, 6);
			} else if (outputs.distance === 'NaN') {
				expect(distance).toBeNaN();
				expect(() => jensenShannon(p, q)).toThrow(RangeError);
			} else {
				const wanted = Number(outputs.distance);
				expect(Math.abs(distance - wanted)).toBeLessThanOrEqual(atol + rtol * wanted);
				const square = Number(outputs['divergence=distance^2']);
				expect(Math.abs(divergence - square)).toBeLessThanOrEqual(atol + rtol * square);
			}
		});
	}
});

test('worked values', () => {
	// 6 digits are what the values were recorded with.
	const half = jensenShannon([0.5, 0.5], [1, 0]);
	expect(half.divergence).toBeCloseTo(0.215762, 6);
	expect(half.distance).toBeCloseTo(0.464501, 6);
	expect(jensenShannon([0.7, 0.2, 0.1], [0.6, 0.3, 0.1]).distance).toBeCloseTo(0.08342, 6);
	expect(jensenShannon([1, 0], [0, 1]).distance).toBe(Math.sqrt(Math.LN2));
	expect(jensenShannon([1, 0], [0, 1], { base: 2 }).distance).toBe(1);
});

const shares = fc
	.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
	.filter((list) => list.some((value) => value > 1e-3));

describe('a metric', () => {
	test('0 for equal, symmetric, at most √ln 2', () => {
		fc.assert(
			fc.property(shares, shares, (p, q) => {
				expect(jensenShannon(p, p).distance).toBe(0);
				const { distance } = jensenShannon(p, q);
				expect(jensenShannon(q, p).distance).toBeCloseTo(distance, 12);
				expect(distance).toBeGreaterThanOrEqual(0);
				expect(distance).toBeLessThanOrEqual(Math.sqrt(Math.LN2) + 1e-12);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('triangle inequality', () => {
		fc.assert(
			fc.property(shares, shares, shares, (p, q, r) => {
				const direct = jensenShannon(p, r).distance;
				const detour = jensenShannon(p, q).distance + jensenShannon(q, r).distance;
				// The root of a rounding error of 1e−16 is 1e−8.
				expect(direct).toBeLessThanOrEqual(detour + 1e-7);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});
});

test('the divergence is the entropy of the mean minus the mean entropy', () => {
	const entropy = (p: number[]) => -p.reduce((sum, v) => sum + (v > 0 ? v * Math.log(v) : 0), 0);
	const p = [0.1, 0.2, 0.3, 0.4];
	const q = [0.5, 0.25, 0.25, 0];
	const middle = p.map((value, i) => (value + q[i]) / 2);
	const want = entropy(middle) - (entropy(p) + entropy(q)) / 2;
	expect(jensenShannon(p, q).divergence).toBeCloseTo(want, 13);
});

test('refuses what is no distribution', () => {
	expect(() => jensenShannon([1], [1, 2])).toThrow('same length');
	expect(() => jensenShannon([], [])).toThrow('same length');
	expect(() => jensenShannon([0, 0], [1, 0])).toThrow('p must have a positive');
	expect(() => jensenShannon([1, 0], [-1, 2])).toThrow('q[0]');
	expect(() => jensenShannon([1], [1], { base: 1 })).toThrow('base');
});
