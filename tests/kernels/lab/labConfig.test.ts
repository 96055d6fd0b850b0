import { expect, test } from 'vitest';
import { algorithms } from '../../../src/kernels/lab/algorithms';
import { labConfig, labDefaults, labRanges } from '../../../src/kernels/lab/labConfig';
import { labModel } from '../../../src/kernels/lab/labState';
import { labTasks } from '../../../src/kernels/lab/labTasks';
import { parameterCount } from '../../../src/kernels/lm/modelConfig';

test('every task with every algorithm has defaults that fit', () => {
	for (const task of Object.keys(labTasks) as (keyof typeof labTasks)[]) {
		for (const algorithm of Object.keys(algorithms) as (keyof typeof algorithms)[]) {
			const config = labConfig({ task, algorithm });
			expect(config.difficulty).toBe(labTasks[task].create('strict').difficulty.default);
			expect(labModel(config).valueHead).toBe(algorithm === 'ppo');
		}
	}
});

test('what is given comes before the algorithm’s and the task’s defaults', () => {
	expect(labConfig({ algorithm: 'dapo' }).epsilonHigh).toBe(0.28);
	expect(labConfig({ algorithm: 'dapo', epsilonHigh: 0.5 }).epsilonHigh).toBe(0.5);
	expect(labConfig({ task: 'addition' }).difficulty).toBe(2);
});

test.each([
	[{ task: 'chess' }, /task must be one of/],
	[{ algorithm: 'magic' }, /algorithm must be one of/],
	[{ learningRate: NaN }, /learningRate must be a number from 0.000001 to 0.1, got NaN/],
	[{ numGenerations: 2.5 }, /numGenerations must be a whole number/],
	[{ difficulty: 99 }, /difficulty of sorting must be from 2 to 10, got 99/],
	[{ modelSize: 'huge' }, /modelSize must be one of tiny, small, medium/],
	[{ checker: 'none' }, /checker must be/],
	[{ scaleRewards: 'twice' }, /scaleRewards must be/]
])('%j is refused', (given, message) => {
	expect(() => labConfig(given as never)).toThrow(message);
});

test('ranges hold the defaults, and the sizes are those of a model in a tab', () => {
	for (const [name, { min, max }] of Object.entries(labRanges)) {
		const value = labDefaults[name as keyof typeof labDefaults] as number;
		expect(value, name).toBeGreaterThanOrEqual(min);
		expect(value, name).toBeLessThanOrEqual(max);
	}
	const counts = (['tiny', 'small', 'medium'] as const).map((modelSize) =>
		parameterCount(labModel(labConfig({ modelSize })))
	);
	expect(counts[0]).toBeLessThan(counts[1]);
	expect(counts[2]).toBeLessThan(400_000);
});
