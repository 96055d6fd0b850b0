import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softmax } from '../../../src/kernels/core/softmax';
import { filterLogits } from '../../../src/kernels/lm/filterLogits';
import type { Logits } from '../../../src/kernels/lm/largestLogit';
import { minP } from '../../../src/kernels/lm/minP';
import { temperature } from '../../../src/kernels/lm/temperature';
import { topK } from '../../../src/kernels/lm/topK';
import { topP } from '../../../src/kernels/lm/topP';
import { typical } from '../../../src/kernels/lm/typical';
import reference from '../../reference/samplingFilters.json';

type Encoded = number | string;
interface Case {
	name: string;
	inputs: { logits: Encoded[][]; params?: number[]; top_p?: number; top_k?: number };
	outputs?: { filtered_logits?: Encoded[][]; renormalised_probs?: Encoded[][] } | Encoded[][];
	raises?: string;
}

const filters: Record<string, (logits: Logits, setting: number) => unknown> = {
	temperature_hf: temperature,
	top_k_hf: topK,
	top_k_nanogpt: topK,
	top_p_hf: topP,
	top_p_meta_llama: (logits, p) => topP(logits, p, { library: 'llama' }),
	min_p_hf: minP,
	typical_hf: typical
};

for (const section of reference.sections) {
	const cases = section.cases as unknown as Case[];
	const filter = filters[section.name];
	const near = (got: number, want: Encoded) => {
		const target = Number(want);
		if (!Number.isFinite(target)) return expect(got).toBe(target);
		const { rtol, atol } = section.tolerance;
		expect(Math.abs(got - target)).toBeLessThanOrEqual(atol + rtol * Math.abs(target));
	};
	describe(section.name, () => {
		test.each(cases)('$name', ({ inputs, outputs, raises }) => {
			const setting = inputs.params?.[0] ?? inputs.top_p ?? inputs.top_k!;
			inputs.logits.forEach((encoded, row) => {
				const logits = Float64Array.from(encoded, Number);
				// No distribution: the libraries return NaN here, this refuses.
				const undrawable = logits.some(Number.isNaN) || logits.every((z) => z === -Infinity);
				if (raises || undrawable) {
					return expect(() => filter(logits, setting)).toThrow(RangeError);
				}
				filter(logits, setting);
				const filtered = Array.isArray(outputs) ? undefined : outputs!.filtered_logits;
				if (filtered) return filtered[row].forEach((want, i) => near(logits[i], want));
				const probabilities = Array.isArray(outputs) ? outputs : outputs!.renormalised_probs!;
				softmax(logits).forEach((got, i) => near(got, probabilities[row][i]));
			});
		});
	});
}

const logitsArbitrary = fc
	.array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 1, maxLength: 40 })
	.map((values) => Float64Array.from(values));
const unit = fc.double({ min: 0.01, max: 0.99, noNaN: true });

/** The places that can still be drawn. */
const left = (logits: Logits) => [...logits.keys()].filter((i) => logits[i] > -Infinity);

describe('laws', () => {
	test('a filter keeps logits as they are or drops them, says how many, and never drops all', () => {
		const each: [string, (logits: Logits, p: number) => number][] = [
			['topK', (logits, p) => topK(logits, Math.ceil(p * 20))],
			['topP hf', topP],
			['topP llama', (logits, p) => topP(logits, p, { library: 'llama' })],
			['minP', minP],
			['typical', typical]
		];
		fc.assert(
			fc.property(logitsArbitrary, unit, (before, p) => {
				for (const [name, filter] of each) {
					const after = before.slice();
					const kept = filter(after, p);
					expect(kept, name).toBe(left(after).length);
					expect(kept, name).toBeGreaterThan(0);
					for (const i of left(after)) expect(after[i], name).toBe(before[i]);
				}
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('top-p keeps the fewest most likely tokens that have the mass', () => {
		fc.assert(
			fc.property(logitsArbitrary, unit, (before, p) => {
				const probabilities = softmax(before);
				const after = before.slice();
				topP(after, p);
				const kept = left(after).map((i) => probabilities[i]);
				const mass = kept.reduce((sum, q) => sum + q, 0);
				// sums of at most 40 probabilities, rounded
				expect(mass).toBeGreaterThanOrEqual(p - 1e-12);
				expect(mass - Math.min(...kept)).toBeLessThanOrEqual(p + 1e-12);
				const dropped = probabilities.filter((_, i) => after[i] === -Infinity);
				if (dropped.length) expect(Math.min(...kept)).toBeGreaterThanOrEqual(Math.max(...dropped));
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('typical keeps a ball around the entropy that has the mass, and the best token can fall', () => {
		fc.assert(
			fc.property(logitsArbitrary, unit, (before, p) => {
				const probabilities = softmax(before);
				const entropy = -probabilities.reduce((sum, q) => sum + q * Math.log(q), 0);
				const distance = (i: number) => Math.abs(-Math.log(probabilities[i]) - entropy);
				const after = before.slice();
				typical(after, p);
				const kept = left(after);
				const mass = kept.reduce((sum, i) => sum + probabilities[i], 0);
				expect(mass).toBeGreaterThanOrEqual(p - 1e-12);
				const reach = Math.max(...kept.map(distance));
				const outside = [...before.keys()].filter((i) => after[i] === -Infinity);
				for (const i of outside) expect(distance(i)).toBeGreaterThanOrEqual(reach - 1e-12);
			}),
			{ seed: 1, numRuns: 300 }
		);
		const logits = Float64Array.from([0.5, 0.25, 0.125, 0.125], Math.log);
		expect(typical(logits, 0.2)).toBe(1);
		expect(left(logits)).toEqual([1]);
	});

	test('temperature raises probabilities to the power 1/T', () => {
		fc.assert(
			fc.property(logitsArbitrary, fc.double({ min: 0.2, max: 5, noNaN: true }), (before, t) => {
				const powers = softmax(before).map((p) => p ** (1 / t));
				const total = powers.reduce((sum, p) => sum + p, 0);
				const after = before.slice();
				temperature(after, t);
				// p ** (1/T) of p down to 1e-9 loses four digits at T = .2
				softmax(after).forEach((p, i) => expect(p).toBeCloseTo(powers[i] / total, 11));
			}),
			{ seed: 1, numRuns: 200 }
		);
	});
});

describe('filterLogits', () => {
	test('is the filters one after the other, with a scratch array that may be dirty', () => {
		fc.assert(
			fc.property(
				logitsArbitrary,
				unit,
				unit,
				unit,
				fc.integer({ min: 1, max: 9 }),
				(z, p, m, t, k) => {
					const apart = z.slice();
					temperature(apart, 2 * t);
					topK(apart, k);
					topP(apart, p);
					minP(apart, m);
					typical(apart, t);
					const together = z.slice();
					const settings = { temperature: 2 * t, topK: k, topP: p, minP: m, typicalP: t };
					filterLogits(together, settings, new Float64Array(z.length).fill(NaN));
					expect(together).toEqual(apart);
				}
			),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('changes nothing by default, and its worked value', () => {
		const logits = Float32Array.of(2, 1, 0, -1);
		filterLogits(logits, {});
		expect([...logits]).toEqual([2, 1, 0, -1]);
		filterLogits(logits, { temperature: 2, topK: 3, topP: 0.8 });
		expect([...logits]).toEqual([1, 0.5, -Infinity, -Infinity]);
	});

	test('the order counts: a high temperature first lets more tokens into the nucleus', () => {
		const hot = Float64Array.of(4, 2, 1, 0);
		filterLogits(hot, { temperature: 4, topP: 0.7 });
		const cold = Float64Array.of(4, 2, 1, 0);
		topP(cold, 0.7);
		temperature(cold, 4);
		expect(left(hot).length).toBe(3);
		expect(left(cold).length).toBe(1);
	});
});

test('bad input is refused by name', () => {
	const logits = () => Float64Array.of(1, 2);
	expect(() => temperature(logits(), 0)).toThrow(
		'temperature: temperature must be finite and above 0, got 0'
	);
	expect(() => topK(logits(), 1.5)).toThrow('topK: topK must be a positive integer, got 1.5');
	expect(() => topP(logits(), NaN)).toThrow('topP: topP must be within 0 … 1, got NaN');
	expect(() => minP(logits(), 2)).toThrow('minP: minP must be within 0 … 1, got 2');
	expect(() => typical(logits(), 1)).toThrow(
		'typical: typicalP must be above 0 and below 1, got 1'
	);
	expect(() => topK(logits(), 1, new Float64Array(3))).toThrow('topK: scratch must have length 2');
	expect(() => typical(logits(), 0.5, new Float64Array(3))).toThrow('typical: scratch');
	expect(() => topP(logits(), 0.5, { scratch: new Float64Array(1) })).toThrow('topP: scratch');
	expect(() => topK(new Float64Array(0), 1)).toThrow(
		'topK: logits must have a finite value, got none'
	);
	expect(() => minP(Float64Array.of(Infinity), 1)).toThrow(
		'minP: logits[0] must be below Infinity'
	);
});
