import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { repetitionPenalty } from '../../../src/kernels/rewards/repetitionPenalty';
import reference from '../../reference/ruleRewards.json';
import { expectNear, section } from '../rl/outside';

interface Inputs {
	ids?: number[];
	ngram?: number;
	max_penalty: number;
}
for (const name of ['repetition_penalty_trl', 'repetition_penalty_trl_more']) {
	describe(name, () => {
		const { cases, tolerance } = section<Inputs, number>(reference, name);
		test.each(cases)('$name', ({ inputs, outputs, raises }) => {
			const options = { ngramSize: inputs.ngram, maxPenalty: inputs.max_penalty };
			const run = () => repetitionPenalty(inputs.ids ?? [], options).penalty;
			if (raises) expect(run).toThrow('maxPenalty must be finite and ≤ 0, got 1');
			else expectNear(run(), outputs, tolerance);
		});
	});
}

test('it counts n-grams, not their digits', () => {
	expect(repetitionPenalty([5, 5, 5, 5, 5], { ngramSize: 2 })).toEqual({
		penalty: -0.75,
		unique: 1,
		total: 4
	});
	expect(repetitionPenalty([1, 23, 12, 3], { ngramSize: 2 }).unique).toBe(3);
});

test('between 0 and the largest penalty; 0 when nothing repeats, whatever the ids are called', () => {
	fc.assert(
		fc.property(
			fc.array(fc.nat(3), { maxLength: 30 }),
			fc.integer({ min: 1, max: 4 }),
			(ids, ngramSize) => {
				const { penalty, unique, total } = repetitionPenalty(ids, { ngramSize, maxPenalty: -2 });
				expect(penalty).toBeLessThanOrEqual(0);
				expect(penalty).toBeGreaterThan(-2);
				expect(unique).toBeLessThanOrEqual(Math.min(total, 4 ** ngramSize));
				const renamed = ids.map((id) => 1000 - 7 * id);
				expect(repetitionPenalty(renamed, { ngramSize, maxPenalty: -2 }).penalty).toBe(penalty);
				const once = [...ids.keys()];
				expect(repetitionPenalty(once, { ngramSize }).penalty).toBe(0);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('bad input is refused by name', () => {
	expect(() => repetitionPenalty([1], { ngramSize: 0 })).toThrow(
		'repetitionPenalty: ngramSize must be a positive integer, got 0'
	);
	expect(() => repetitionPenalty([1], { maxPenalty: NaN })).toThrow('maxPenalty must be finite');
});
