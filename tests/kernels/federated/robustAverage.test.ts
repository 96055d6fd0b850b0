import { describe, expect, test } from 'vitest';
import { coordinateMedian, trimmedMean } from '../../../src/kernels/federated/robustAverage';
import reference from '../../reference/federated.json';
import { flat, type Nested } from './flat';

const sectionOf = (wanted: string) => reference.sections.find(({ name }) => name === wanted)!;

interface Entry {
	name: string;
	inputs: { results: [Nested, number][]; proportiontocut?: number };
	outputs?: Nested;
}

function compare(entry: Entry, average: (weights: Float64Array[]) => Float64Array, rtol: number) {
	const weights = entry.inputs.results.map(([layers]) => flat(layers));
	const unequal = weights.some((client) => client.length !== weights[0].length);
	const wild = weights.some((client) => !client.every(Number.isFinite));
	if (weights.length === 0 || unequal || wild || entry.outputs === undefined) {
		// Flower gives [] or NaN, or raises; here all of these are refused.
		expect(() => average(weights)).toThrow(RangeError);
		return;
	}
	const want = flat(entry.outputs);
	const got = average(weights);
	expect(got).toHaveLength(want.length);
	want.forEach((value, i) => {
		expect(Math.abs(got[i] - value)).toBeLessThanOrEqual(1e-12 + rtol * Math.abs(value));
	});
}

describe('Flower aggregate_median', () => {
	const section = sectionOf('median_flower');
	for (const entry of section.cases as unknown as Entry[]) {
		test(entry.name, () => compare(entry, coordinateMedian, section.tolerance.rtol));
	}
});

describe('Flower aggregate_trimmed_avg', () => {
	const section = sectionOf('trimmed_mean_flower');
	for (const entry of section.cases as unknown as Entry[]) {
		const cut = entry.inputs.proportiontocut!;
		test(entry.name, () => {
			compare(entry, (weights) => trimmedMean(weights, cut), section.tolerance.rtol);
		});
	}
});

test('worked values', () => {
	const columns = (...values: number[]) => values.map((value) => Float64Array.of(value));
	expect([...coordinateMedian(columns(1, 2, 100))]).toEqual([2]);
	expect([...trimmedMean(columns(0, 1, 2, 3, 100), 0.2)]).toEqual([2]);
});

test('a cut of half or more leaves nothing', () => {
	expect(() => trimmedMean([Float64Array.of(1)], 0.5)).toThrow('cut must be in');
	expect(() => trimmedMean([Float64Array.of(1)], -0.1)).toThrow('cut must be in');
});
