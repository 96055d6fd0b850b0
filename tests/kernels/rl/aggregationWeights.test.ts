import { expect, test } from 'vitest';
import {
	aggregations,
	aggregationWeights,
	type Aggregation,
	type AggregationOptions
} from '../../../src/kernels/rl/aggregationWeights';

const of = (mask: number[], aggregation: Aggregation, options?: AggregationOptions) => [
	...aggregationWeights(mask, 2, mask.length / 2, aggregation, options).weights
];
/** Rows of 2 and 1 tokens, one place of padding. */
const UNEVEN = [1, 1, 1, 0];

test('two tokens against one: each aggregation’s weights', () => {
	expect(of(UNEVEN, 'grpo')).toEqual([1 / 4, 1 / 4, 1 / 2, 0]);
	expect(of(UNEVEN, 'bnpo')).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
	expect(of(UNEVEN, 'dapo', { numItemsInBatch: 10 })).toEqual([0.1, 0.1, 0.1, 0]);
	expect(of(UNEVEN, 'dr_grpo', { maxCompletionLength: 5 })).toEqual([0.1, 0.1, 0.1, 0]);
	expect(of(UNEVEN, 'luspo')).toEqual([1 / 2, 1 / 2, 1 / 2, 0]);
	expect(of(UNEVEN, 'token-mean')).toEqual([1 / 3, 1 / 3, 1 / 3, 0]);
	expect(of(UNEVEN, 'seq-mean-token-sum')).toEqual([1 / 2, 1 / 2, 1 / 2, 0]);
	expect(of(UNEVEN, 'seq-mean-token-mean')).toEqual([1 / 4, 1 / 4, 1 / 2, 0]);
	expect(of(UNEVEN, 'seq-mean-token-sum-norm')).toEqual([1 / 2, 1 / 2, 1 / 2, 0]);
	expect(of(UNEVEN, 'seq-mean')).toEqual([1 / 4, 1 / 4, 1 / 2, 0]);
});

test('a row without a token: TRL’s grpo keeps it in the mean, verl does not, seq-mean spreads it', () => {
	const empty = [1, 1, 0, 0];
	expect(of(empty, 'grpo')).toEqual([1 / 4, 1 / 4, 0, 0]);
	expect(of(empty, 'seq-mean-token-mean')).toEqual([1 / 2, 1 / 2, 0, 0]);
	expect(of(empty, 'seq-mean-token-sum')).toEqual([1, 1, 0, 0]);
	expect(of(empty, 'seq-mean')).toEqual([1 / 4, 1 / 4, 1 / 4, 1 / 4]);
});

test('nothing counts: TRL’s weights are 0, the means of verl and OpenRLHF 0/0', () => {
	const lost = ['token-mean', 'seq-mean-token-sum', 'seq-mean-token-mean'];
	for (const aggregation of aggregations) {
		if (aggregation === 'seq-mean') continue; // spreads its weight over the padding
		const want = lost.includes(aggregation) ? NaN : 0;
		expect(of([0, 0, 0, 0], aggregation), aggregation).toEqual([want, want, want, want]);
	}
	expect(aggregationWeights([0, 0], 2, 1, 'grpo')).toMatchObject({ tokens: 0 });
});

test('bad input is refused by name', () => {
	expect(() => of(UNEVEN, 'mean' as Aggregation)).toThrow(
		'aggregationWeights: aggregation must be one of grpo, bnpo'
	);
	expect(() => of(UNEVEN, 'dr_grpo', { maxCompletionLength: 0 })).toThrow(
		'maxCompletionLength must be finite and > 0, got 0'
	);
	expect(() => of(UNEVEN, 'dapo', { numItemsInBatch: NaN })).toThrow(
		'numItemsInBatch must be finite and ≥ 0, got NaN'
	);
	expect(() => of(UNEVEN, 'dapo', { lengthEpsilon: -1 })).toThrow(
		'lengthEpsilon must be finite and ≥ 0, got -1'
	);
});
