import { describe, expect, test } from 'vitest';
import { learningRate, type LearningRateSchedule } from '../../../src/kernels/lm/learningRate';
import reference from '../../reference/learningRate.json';

const [section] = reference.sections;

describe("the Hugging Face trainer's schedules", () => {
	test.each(section.cases)('$name', ({ inputs, outputs }) => {
		const schedule: LearningRateSchedule = {
			learningRate: inputs.learning_rate,
			lrSchedulerType: inputs.lr_scheduler_type as LearningRateSchedule['lrSchedulerType'],
			warmupSteps: inputs.warmup_steps,
			maxSteps: inputs.max_steps
		};
		inputs.steps.forEach((step, i) => {
			const { rtol, atol } = section.tolerance;
			expect(Math.abs(learningRate(schedule, step) - outputs[i])).toBeLessThanOrEqual(
				atol + rtol * Math.abs(outputs[i])
			);
		});
	});
});

test('worked values', () => {
	const schedule = {
		learningRate: 1,
		lrSchedulerType: 'cosine',
		warmupSteps: 10,
		maxSteps: 110
	} as const;
	expect(learningRate(schedule, 5)).toBe(0.5);
	expect(learningRate(schedule, 10)).toBe(1);
	expect(learningRate(schedule, 60)).toBeCloseTo(0.5, 15);
	expect(learningRate({ ...schedule, warmupSteps: 0 }, 0)).toBe(1);
});

test('bad input is refused by name', () => {
	const schedule = { learningRate: 1, lrSchedulerType: 'linear', maxSteps: 10 } as const;
	expect(() => learningRate(schedule, -1)).toThrow(
		'learningRate: step must be an integer ≥ 0, got -1'
	);
	expect(() => learningRate({ ...schedule, maxSteps: 0.5 }, 1)).toThrow('maxSteps must be');
	expect(() => learningRate({ ...schedule, warmupSteps: NaN }, 1)).toThrow('warmupSteps must be');
	expect(() => learningRate({ ...schedule, learningRate: -1 }, 1)).toThrow(
		'finite and ≥ 0, got -1'
	);
});
