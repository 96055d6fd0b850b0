import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { drawProblem, isHeldOut } from '../../../src/kernels/tasks/drawProblem';
import { attempt, everyTask, problemOf } from './everyTask';

describe.each(everyTask)('%s', (label, task) => {
	const levels = Array.from(
		{ length: task.difficulty.max - task.difficulty.min + 1 },
		(_, i) => task.difficulty.min + i
	);

	test('every demonstration earns full marks, in all parts, and fits', () => {
		for (const level of levels) {
			for (let seed = 0; seed < 100; seed++) {
				const problem = problemOf(task, level, seed);
				const demonstration = task.demonstration(problem);
				const verdict = task.reward(problem, demonstration);
				expect(verdict, `${problem.prompt}${demonstration}`).toMatchObject({ reward: 1 });
				expect(Object.values(verdict.parts).every((part) => part === 1)).toBe(true);
				const { tokenizer, maxPromptLength, maxCompletionLength } = task;
				expect(tokenizer.encode(problem.prompt).length).toBeLessThanOrEqual(maxPromptLength);
				expect(tokenizer.encode(demonstration).length + 1).toBeLessThanOrEqual(maxCompletionLength);
			}
		}
		expect(1 + task.maxPromptLength + task.maxCompletionLength).toBeLessThanOrEqual(64);
		expect(levels).toContain(task.difficulty.default);
	});

	test('any text is judged: a reward and parts within 0 … 1 and a reason, twice the same', () => {
		fc.assert(
			fc.property(attempt(task), ({ problem, completion }) => {
				const before = JSON.stringify(problem);
				const verdict = task.reward(problem, completion);
				for (const x of [verdict.reward, ...Object.values(verdict.parts)]) {
					expect(x).toBeGreaterThanOrEqual(0);
					expect(x).toBeLessThanOrEqual(1);
				}
				expect(verdict.reason).not.toBe('');
				expect(task.reward(problem, completion)).toEqual(verdict);
				expect(JSON.stringify(problem)).toBe(before);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('nothing, and any token again and again, earn nothing under a strict rule', () => {
		const problem = problemOf(task, task.difficulty.default, 1);
		expect(task.reward(problem, '').reward).toBe(0);
		const loop = '<search>a</search><information>-</information>';
		for (const token of [...task.tokenizer.vocabulary, loop]) {
			const { reward } = task.reward(problem, token.repeat(100_000));
			expect(reward).toBeLessThanOrEqual(label.includes('lenient') ? 1 : 0);
		}
	});

	test('the same stream gives the same problem', () => {
		for (const level of levels) {
			expect(problemOf(task, level, 7)).toEqual(problemOf(task, level, 7));
		}
	});

	test('a difficulty outside the bounds is refused', () => {
		for (const bad of [task.difficulty.min - 1, task.difficulty.max + 1, 2.5, NaN]) {
			expect(() => task.problem(bad, createStream(1))).toThrow(
				`${task.name}: difficulty must be an integer in ${task.difficulty.min} … ${task.difficulty.max}, got ${bad}`
			);
		}
	});

	test('training and held-out problems never meet, however they are drawn', () => {
		const keys = { train: new Set<string>(), heldOut: new Set<string>() };
		for (const part of ['train', 'heldOut'] as const) {
			for (let seed = 0; seed < 200; seed++) {
				const stream = createStream(seed).split(part);
				const problem = drawProblem(task, task.difficulty.default, part, stream, { seed: 3 });
				expect(isHeldOut(problem, { seed: 3 })).toBe(part === 'heldOut');
				keys[part].add(problem.key);
			}
		}
		expect([...keys.train].filter((key) => keys.heldOut.has(key))).toEqual([]);
	});
});

describe('drawProblem', () => {
	const [, task] = everyTask[0];

	test('the share is kept and depends on the seed', () => {
		const keys = Array.from({ length: 4000 }, (_, i) => ({ key: `problem ${i}` }));
		for (const heldOutShare of [0, 0.2, 0.5, 1]) {
			const count = keys.filter((key) => isHeldOut(key, { heldOutShare })).length;
			// five standard errors
			const error = 5 * Math.sqrt((heldOutShare * (1 - heldOutShare)) / 4000);
			expect(Math.abs(count / 4000 - heldOutShare)).toBeLessThanOrEqual(error);
		}
		const differ = keys.filter(
			(key) => isHeldOut(key, { seed: 1 }) !== isHeldOut(key, { seed: 2 })
		);
		expect(differ.length).toBeGreaterThan(1000);
	});

	test('the order of the summands makes no other problem', () => {
		const keys = new Map<string, string>();
		for (let seed = 0; seed < 500; seed++) {
			const { prompt, key } = problemOf(task, 1, seed);
			keys.set(prompt, key);
		}
		expect(keys.get('3+5=')).toBe(keys.get('5+3='));
	});

	test('an empty part and a share that is none are refused', () => {
		const draw = (heldOutShare: number) => () =>
			drawProblem(task, 1, 'heldOut', createStream(1), { heldOutShare });
		expect(draw(0)).toThrow("problems of addition at difficulty 1 for 'heldOut', got none");
		expect(draw(-1)).toThrow('isHeldOut: heldOutShare must be within 0 … 1, got -1');
	});
});
