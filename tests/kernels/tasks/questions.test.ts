import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { addition } from '../../../src/kernels/tasks/addition';
import { countdown } from '../../../src/kernels/tasks/countdown';
import { format } from '../../../src/kernels/tasks/format';
import { lookup } from '../../../src/kernels/tasks/lookup';
import { multipleChoice } from '../../../src/kernels/tasks/multipleChoice';
import { sorting } from '../../../src/kernels/tasks/sorting';
import type { Part, Problem, Task } from '../../../src/kernels/tasks/task';

const N = 4000;

function draw<P extends Problem>(task: Task<P>, difficulty: number, part?: Part): P[] {
	const stream = createStream(1);
	return Array.from({ length: N }, () => task.problem(difficulty, stream, part));
}

/** Within five standard errors of a share. */
function expectShare(count: number, share: number) {
	const error = Math.sqrt((share * (1 - share)) / N);
	expect(Math.abs(count / N - share)).toBeLessThanOrEqual(5 * error);
}

test('addition: numbers of the length asked for, all of them, and their sum', () => {
	for (const { prompt, answer } of draw(addition(), 3)) {
		expect(prompt).toMatch(/^[1-9][0-9]{2}\+[1-9][0-9]{2}=$/);
		const [a, b] = prompt.slice(0, -1).split('+').map(Number);
		expect(Number(answer)).toBe(a + b);
	}
	expect(new Set(draw(addition(), 1).map(({ key }) => key)).size).toBe(55);
});

test('sorting: the answer rises and has the digits of the prompt', () => {
	for (const { prompt, answer } of draw(sorting(), 7)) {
		for (let i = 1; i < 7; i++)
			expect(Number(answer[i])).toBeGreaterThanOrEqual(Number(answer[i - 1]));
		for (const digit of '0123456789') {
			expect(answer.split(digit).length).toBe(prompt.split(digit).length);
		}
	}
});

test('format: the largest digit', () => {
	for (const { prompt, answer } of draw(format(), 4)) {
		expect(Number(answer)).toBe(Math.max(...[...prompt.slice(0, 4)].map(Number)));
	}
	expectShare(draw(format({ untaggedShare: 0.3 }), 4).filter(({ tagged }) => !tagged).length, 0.3);
	const [problem] = draw(format({ untaggedShare: 1 }), 4);
	expect(format().demonstration(problem)).toBe(problem.answer);
});

test('countdown: as many numbers as asked for, every operator in use', () => {
	const drawn = draw(countdown(), 4);
	for (const { prompt, answer, solution } of drawn) {
		expect(prompt.match(/[0-9]+/g)).toHaveLength(5);
		expect(new Function(`return ${solution}`)()).toBeCloseTo(Number(answer), 9);
	}
	for (const sign of '+-*/()') {
		expect(drawn.filter(({ solution }) => solution.includes(sign)).length).toBeGreaterThan(N / 20);
	}
	expect(draw(countdown({ target: 24 }), 3).every(({ answer }) => answer === '24')).toBe(true);
	expect(() => countdown({ target: 97 }).problem(2, createStream(1))).toThrow(
		'countdown: target must be within reach of 2 numbers, found no expression for 97'
	);
});

describe('multipleChoice', () => {
	const marked = ({ prompt }: Problem) => prompt[prompt.indexOf('*') - 3];
	const rightlyMarked = (problems: Problem[]) =>
		problems.filter((problem) => marked(problem) === problem.answer).length;

	test('the answer is the largest of different numbers, each letter as often', () => {
		const drawn = draw(multipleChoice(), 4);
		for (const { prompt, answer } of drawn) {
			const numbers = prompt.match(/[0-9]{2}/g)!.map(Number);
			expect(new Set(numbers).size).toBe(4);
			expect(numbers['ABCD'.indexOf(answer)]).toBe(Math.max(...numbers));
		}
		for (const letter of 'ABCD') {
			expectShare(drawn.filter(({ answer }) => answer === letter).length, 1 / 4);
		}
	});

	test('the mark tells as much as the shift says in training, and nothing in held-out problems', () => {
		for (const shift of [0, 0.5, 1]) {
			const task = multipleChoice({ shift });
			expectShare(rightlyMarked(draw(task, 4)), 1 / 4 + (shift * 3) / 4);
			expectShare(rightlyMarked(draw(task, 4, 'heldOut')), 1 / 4);
		}
	});

	test('label noise reaches the demonstration, not the reward', () => {
		const task = multipleChoice({ labelNoise: 0.3 });
		const drawn = draw(task, 4);
		const wrong = drawn.filter((problem) => task.demonstration(problem) !== problem.answer);
		expectShare(wrong.length, 0.3);
		for (const problem of wrong) {
			expect(task.reward(problem, task.demonstration(problem)).reward).toBe(0);
			expect(task.reward(problem, problem.answer).reward).toBe(1);
			expect(problem.prompt).toContain(problem.label);
		}
	});
});

describe('lookup', () => {
	test('the chain has the length asked for and no way round it', () => {
		for (const searches of [1, 2, 3]) {
			for (const { prompt, answer, table } of draw(lookup(), searches)) {
				let key = prompt[0];
				for (let i = 1; i < searches; i++) {
					key = table[key];
					expect(key).toMatch(/^[a-h]$/);
				}
				expect(table[key]).toBe(answer);
				expect(answer).toMatch(/^[1-9][0-9]$/);
			}
		}
	});

	test('the prompt tells nothing about the value', () => {
		const drawn = draw(lookup(), 1);
		const hits = drawn.filter(({ prompt, answer }) => prompt === 'c?' && answer === '47').length;
		expectShare(hits, 1 / 8 / 90);
	});

	test('the share of demonstrations that make a value up', () => {
		const task = lookup({ guessShare: 0.4 });
		const drawn = draw(task, 2);
		const guessed = drawn.filter((problem) => !task.demonstration(problem).includes('<search>'));
		expectShare(guessed.length, 0.4);
		for (const problem of guessed)
			expect(task.demonstration(problem)).toMatch(/^<answer>[0-9]{2}<\/answer>$/);
	});
});
