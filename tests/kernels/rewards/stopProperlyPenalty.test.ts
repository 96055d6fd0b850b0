import { describe, expect, test } from 'vitest';
import { stopProperlyPenalty } from '../../../src/kernels/rewards/stopProperlyPenalty';
import reference from '../../reference/ruleRewards.json';
import { expectNear, section } from '../rl/outside';

describe('stop_properly_openrlhf', () => {
	interface Inputs {
		reward: number;
		truncated: boolean;
		coef: number;
	}
	const { cases, tolerance } = section<Inputs, number>(reference, 'stop_properly_openrlhf');
	test.each(cases)('$name', ({ inputs: { reward, truncated, coef }, outputs, raises }) => {
		const run = () => stopProperlyPenalty(reward, truncated, coef);
		if (raises) expect(run).toThrow(`coefficient must be in [0, 1] or negative, got ${coef}`);
		else expectNear(run(), outputs, tolerance);
	});
});

test('cut off: scaled by a coefficient, replaced by a negative one', () => {
	expect(stopProperlyPenalty(0.8, true, 0.5)).toBe(0.4);
	expect(stopProperlyPenalty(0.8, true, -0.5)).toBe(-0.5);
	expect(stopProperlyPenalty(-1, true, 0.5)).toBe(-0.5); // scaling lifts what is below 0
});

test('bad input is refused by name', () => {
	expect(() => stopProperlyPenalty(NaN, true, 0)).toThrow('reward must be finite, got NaN');
	expect(() => stopProperlyPenalty(1, true, -Infinity)).toThrow('or negative, got -Infinity');
});
