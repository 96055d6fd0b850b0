import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fedAvg } from '../../../src/kernels/federated/fedAvg';
import reference from '../../reference/federated.json';
import { flat, type Nested } from './flat';

const section = reference.sections.find(({ name }) => name === 'fedavg_flower')!;
const { rtol, atol } = section.tolerance;

function near(got: Float64Array, want: Float64Array) {
	expect(got).toHaveLength(want.length);
	want.forEach((value, i) => {
		if (Number.isNaN(value)) expect(got[i]).toBeNaN();
		else expect(Math.abs(got[i] - value)).toBeLessThanOrEqual(atol + rtol * Math.abs(value));
	});
}

describe('Flower aggregate', () => {
	for (const { name, inputs, outputs } of section.cases) {
		const results = (inputs as unknown as { results: [Nested, number][] }).results;
		test(name, () => {
			const weights = results.map(([layers]) => flat(layers));
			const counts = results.map(([, count]) => count);
			if (name === 'empty list') {
				// Flower gives []; an average of nothing has no length here, so it is refused.
				expect(() => fedAvg(weights, counts)).toThrow('at least one client');
			} else {
				near(
					fedAvg(weights, counts, { deadClients: 'flower' }).average,
					flat(outputs as unknown as Nested)
				);
			}
		});
	}

	test('weight factors of the newer API', () => {
		const factors = reference.sections.find(
			({ name }) => name === 'fedavg_flower_new_api_weight_factors'
		)!;
		for (const { inputs, outputs } of factors.cases) {
			const counts = (inputs as unknown as { weights: number[] }).weights;
			const weights = counts.map(() => new Float64Array(1));
			near(fedAvg(weights, counts).factors, flat(outputs as unknown as Nested));
		}
	});
});

test('two clients with 1 and 3 examples', () => {
	const { average, factors, total } = fedAvg([Float64Array.of(1), Float64Array.of(3)], [1, 3]);
	expect([...average]).toEqual([2.5]);
	expect([...factors]).toEqual([0.25, 0.75]);
	expect(total).toBe(4);
});

const clients = fc
	.record({ parameters: fc.integer({ min: 1, max: 5 }), clients: fc.integer({ min: 1, max: 6 }) })
	.chain(({ parameters, clients }) => {
		const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
		const vector = fc.array(value, { minLength: parameters, maxLength: parameters });
		return fc.record({
			weights: fc
				.array(vector, { minLength: clients, maxLength: clients })
				.map((list) => list.map((client) => Float64Array.from(client))),
			counts: fc.array(fc.integer({ min: 1, max: 1000 }), {
				minLength: clients,
				maxLength: clients
			})
		});
	});

// Sums of at most 6 products of size up to 1e6 round to some 1e-10.
const close = (got: Float64Array, want: Float64Array) =>
	got.forEach((value, i) => expect(Math.abs(value - want[i])).toBeLessThan(1e-9));

describe('laws', () => {
	test('factors sum to 1', () => {
		fc.assert(
			fc.property(clients, ({ weights, counts }) => {
				const sum = fedAvg(weights, counts).factors.reduce((a, b) => a + b, 0);
				expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('clients that agree stay as they are', () => {
		fc.assert(
			fc.property(clients, ({ weights, counts }) => {
				close(
					fedAvg(
						weights.map(() => weights[0]),
						counts
					).average,
					weights[0]
				);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('the order of clients does not matter', () => {
		fc.assert(
			fc.property(clients, ({ weights, counts }) => {
				const turned = fedAvg([...weights].reverse(), [...counts].reverse());
				close(turned.average, fedAvg(weights, counts).average);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('linear in the parameters, unchanged when all counts are multiplied', () => {
		fc.assert(
			fc.property(clients, fc.integer({ min: 2, max: 9 }), ({ weights, counts }, factor) => {
				const plain = fedAvg(weights, counts).average;
				const moved = weights.map((client) => client.map((value) => 2 * value + 1));
				close(
					fedAvg(moved, counts).average,
					plain.map((value) => 2 * value + 1)
				);
				const more = counts.map((count) => factor * count);
				close(fedAvg(weights, more).average, plain);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('between the lowest and the highest client', () => {
		fc.assert(
			fc.property(clients, ({ weights, counts }) => {
				fedAvg(weights, counts).average.forEach((value, i) => {
					const column = weights.map((client) => client[i]);
					expect(value).toBeGreaterThanOrEqual(Math.min(...column) - 1e-9);
					expect(value).toBeLessThanOrEqual(Math.max(...column) + 1e-9);
				});
			}),
			{ seed: 1, numRuns: 100 }
		);
	});
});

describe('dead clients', () => {
	const weights = [Float64Array.of(NaN, 2), Float64Array.of(3, 6)];

	test('are refused, poison, or are skipped', () => {
		expect(() => fedAvg(weights, [0, 5])).toThrow('weights[0][0] must be finite');
		expect([...fedAvg(weights, [0, 5], { deadClients: 'flower' }).average]).toEqual([NaN, 6]);
		const skipped = fedAvg(weights, [0, 5], { deadClients: 'skip' });
		expect([...skipped.average]).toEqual([3, 6]);
		expect([...skipped.factors]).toEqual([0, 1]);
	});

	test('a NaN of a client with examples is refused even where dead ones are skipped', () => {
		expect(() => fedAvg(weights, [1, 5], { deadClients: 'skip' })).toThrow('must be finite');
	});

	test('no examples at all', () => {
		const fine = [Float64Array.of(1), Float64Array.of(2)];
		expect(() => fedAvg(fine, [0, 0])).toThrow('must not all be 0');
		expect(() => fedAvg(fine, [0, 0], { deadClients: 'skip' })).toThrow('must not all be 0');
		expect([...fedAvg(fine, [0, 0], { deadClients: 'flower' }).average]).toEqual([NaN]);
	});
});

test('refuses what cannot be averaged', () => {
	const one = Float64Array.of(1);
	expect(() => fedAvg([one], [1, 2])).toThrow('counts must have one entry');
	expect(() => fedAvg([one, Float64Array.of(1, 2)], [1, 1])).toThrow('weights[1]');
	expect(() => fedAvg([one], [-1])).toThrow('counts[0]');
	expect(() => fedAvg([one], [Infinity])).toThrow('counts[0]');
});
