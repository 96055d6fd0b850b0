import { describe, expect, test } from 'vitest';
import { ANSWERS, trainTable, type TableOptions } from '../../../src/kernels/audio-qa/trainTable';
import { createStream, type Stream } from '../../../src/kernels/core/stream';

const OPTIONS: TableOptions = {
	successRate: 0.25,
	formatRate: 0.5,
	numGenerations: 8,
	groups: 2,
	beta: 0,
	learningRate: 0.5,
	steps: 100
};
const run = (changed: Partial<TableOptions>, seed = 1) =>
	trainTable({ ...OPTIONS, ...changed }, createStream(seed));

/** Gives these uniforms in turn. */
const scripted = (draws: readonly number[]): Stream => {
	let next = 0;
	return { ...createStream(1), uniform: () => draws[next++ % draws.length] };
};

describe('trainTable', () => {
	test('prints a loss of 0 at every step without a KL penalty, and learns', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const { losses, success, gradientNorms } = run({}, seed);
			expect(Math.max(...losses.map(Math.abs))).toBeLessThan(1e-15);
			expect(Math.max(...gradientNorms)).toBeGreaterThan(0.1);
			expect(success[0]).toBeCloseTo(0.25, 12);
			expect(success.at(-1)).toBeGreaterThan(0.95);
		}
	});

	test('with a penalty the loss is β times the mean k3, so never negative, and 0 at the start', () => {
		const { losses } = run({ beta: 0.04 });
		expect(losses[0]).toBeCloseTo(0, 15);
		for (const loss of losses) expect(loss).toBeGreaterThan(-1e-15);
		expect(losses.at(-1)).toBeGreaterThan(0);
	});

	test('one step of one group, worked by hand', () => {
		// Eight answers in the order of ANSWERS: 1/8 each. Draws fall on answers 0, 1, 2 and 3: rewards
		// 2, 1, 1, 0, mean 1, deviation sqrt(2/3), advantages ±1/(sqrt(2/3) + 1e-4) and 0.
		const draws = [0.5 / 8, 1.5 / 8, 2.5 / 8, 3.5 / 8];
		const { gradientNorms, success, format } = trainTable(
			{ ...OPTIONS, numGenerations: 4, groups: 1, learningRate: 1, steps: 1 },
			scripted(draws)
		);
		const push = 1 / (Math.sqrt(2 / 3) + 1e-4) / 4;
		expect(gradientNorms[0]).toBeCloseTo(push * Math.SQRT2, 12);
		const total = Math.exp(push) + 6 + Math.exp(-push);
		expect(success[1]).toBeCloseTo((Math.exp(push) + 1) / total, 12);
		expect(format[1]).toBeCloseTo((Math.exp(push) + 3) / total, 12);
	});

	test('follows the downhill slope of its loss, by finite differences with the old policy held', () => {
		const draws = [0.03, 0.2, 0.35, 0.6, 0.8, 0.97];
		const options = { ...OPTIONS, numGenerations: 6, groups: 1, steps: 1, learningRate: 1e-6 };
		const { gradientNorms } = trainTable(options, scripted(draws));
		const start = ANSWERS.map(() => Math.log(1 / 8));
		const sampled = draws.map((u) => Math.floor(u * 8));
		const reward = sampled.map((a) => Number(a < 2) + Number(a % 2 === 0));
		const mean = reward.reduce((s, r) => s + r, 0) / 6;
		const deviation = Math.sqrt(reward.reduce((s, r) => s + (r - mean) ** 2, 0) / 5) + 1e-4;
		const loss = (logits: number[]) => {
			const total = logits.reduce((s, z) => s + Math.exp(z), 0);
			return -sampled.reduce(
				(s, a, i) => s + ((Math.exp(logits[a]) / total) * 8 * (reward[i] - mean)) / deviation / 6,
				0
			);
		};
		const slopes = start.map((_, k) => {
			const moved = (by: number) => loss(start.map((z, j) => (j === k ? z + by : z)));
			return (moved(1e-5) - moved(-1e-5)) / 2e-5;
		});
		expect(Math.hypot(...slopes)).toBeCloseTo(gradientNorms[0], 8);
		expect(loss(start)).toBeCloseTo(0, 12);
	});

	test('where only form sets answers apart, success is not learned', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const { success, format } = run({ successRate: 0.02 }, seed);
			expect(format.at(-1)).toBeGreaterThan(0.95);
			expect(success.at(-1)).toBeLessThan(0.02);
			expect(run({ successRate: 0.02, formatRate: 0.98 }, seed).success.at(-1)).toBeGreaterThan(
				0.9
			);
		}
	});

	test('equal rewards move nothing', () => {
		const { gradientNorms, success, silent } = trainTable(
			{ ...OPTIONS, steps: 3 },
			scripted([0.5 / 8])
		);
		expect(gradientNorms).toEqual([0, 0, 0]);
		expect(silent).toBe(6);
		expect(success[3]).toBe(success[0]);
	});

	test('refuses rates that a softmax cannot have', () => {
		expect(() => run({ successRate: 0 })).toThrow('successRate must be between 0 and 1, got 0');
	});
});
