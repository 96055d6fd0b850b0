import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracyReward } from '../../../src/kernels/audio-qa/accuracyReward';
import { formatReward } from '../../../src/kernels/audio-qa/formatReward';
import { silentGroups } from '../../../src/kernels/audio-qa/silentGroups';
import { createStream } from '../../../src/kernels/core/stream';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import reference from '../../reference/audioQaRewards.json';

describe('the rewards of R1-AQA against its own code', () => {
	test.each(reference.sections[0].cases)('$name', ({ inputs, outputs }) => {
		expect(accuracyReward(inputs.completion, inputs.solution).reward).toBe(outputs.accuracy);
		expect(formatReward(inputs.completion)).toBe(outputs.format);
	});

	test('text around the tags never changes what is compared', () => {
		const outside = fc.string().filter((text) => !/[<>]/.test(text));
		fc.assert(
			fc.property(outside, outside, (before, after) => {
				const text = `${before}<answer>rain</answer>${after}`;
				expect(accuracyReward(text, '<answer>rain</answer>').reward).toBe(1);
				expect(formatReward(text)).toBe(before === '' && after === '' ? 1 : 0);
			}),
			{ seed: 2 }
		);
	});

	test('advantages of a group of sums of the two', () => {
		const { advantages, means, standardDeviations } = groupAdvantages([2, 2, 1, 1, 1, 0, 1, 1]);
		expect(means[0]).toBe(1.125);
		// The paper's formula worked out by hand to six digits.
		expect(standardDeviations[0]).toBeCloseTo(0.64087, 6);
		expect(advantages[0]).toBeCloseTo(1.365119, 6);
		expect(advantages[2]).toBeCloseTo(-0.195017, 6);
		// Printed to six digits: the seventh rounds up from 5.
		expect(advantages[5]).toBeCloseTo(-1.755153, 5);
	});
});

describe('silentGroups', () => {
	test.each([
		[0.5, 8, 0.0078125],
		[0.9, 8, 0.4304672],
		[0.05, 8, 0.6634204]
	])('without a varying format, p = %f and G = %i', (p, G, share) => {
		// References are rounded to seven digits.
		expect(silentGroups(p, 0, G)).toBeCloseTo(share, 7);
		expect(silentGroups(p, 1, G)).toBeCloseTo(share, 7);
	});

	test('worked values', () => {
		expect(silentGroups(0.02, 1, 8)).toBeCloseTo(0.850763, 6);
		expect(silentGroups(0.02, 0.5, 8)).toBeCloseTo(0.00723, 6);
	});

	test('the share in sampled groups', () => {
		const stream = createStream(4);
		const groups = 20_000;
		const [p, q, G] = [0.3, 0.8, 3];
		let silent = 0;
		for (let g = 0; g < groups; g++) {
			const rewards = Array.from(
				{ length: G },
				() => Number(stream.uniform() < p) + Number(stream.uniform() < q)
			);
			if (rewards.every((reward) => reward === rewards[0])) silent++;
		}
		const share = silentGroups(p, q, G);
		// Four standard errors of a share.
		expect(Math.abs(silent / groups - share)).toBeLessThan(
			4 * Math.sqrt((share * (1 - share)) / groups)
		);
	});

	test('right and well formed may change places, and so may right and wrong with both turned', () => {
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(share, share, fc.integer({ min: 1, max: 32 }), (p, q, G) => {
				expect(silentGroups(p, q, G)).toBeCloseTo(silentGroups(q, p, G), 12);
				expect(silentGroups(p, q, G)).toBeCloseTo(silentGroups(1 - p, 1 - q, G), 12);
			}),
			{ seed: 3 }
		);
	});

	test('refuses what is no probability and no group', () => {
		expect(() => silentGroups(0.5, 1.1, 8)).toThrow('silentGroups: q must be in [0, 1], got 1.1');
		expect(() => silentGroups(NaN, 0.5, 8)).toThrow('p must be in [0, 1]');
		expect(() => silentGroups(0.5, 0.5, 0)).toThrow('numGenerations');
	});
});
