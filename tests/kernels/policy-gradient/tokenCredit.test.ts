import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { allAnswers } from '../../../src/kernels/policy-gradient/creditError';
import { tokenCredit } from '../../../src/kernels/policy-gradient/tokenCredit';
import {
	decidingToken,
	tokenTask,
	type TokenTask,
	type TokenTaskKind
} from '../../../src/kernels/policy-gradient/tokenTask';
import { learnTokenValues, tokenValues } from '../../../src/kernels/policy-gradient/tokenValues';
import { wholeCredit } from '../../../src/kernels/policy-gradient/wholeCredit';

const KINDS = ['one', 'all', 'most'] as const;

/** What the words of the task say, without states. */
function rewardOf(kind: TokenTaskKind, answer: readonly boolean[]): number {
	const right = answer.filter(Boolean).length;
	if (kind === 'all') return Number(right === answer.length);
	if (kind === 'most') return Number(2 * right > answer.length);
	return Number(answer[decidingToken(answer.length)]);
}

function endOf(task: TokenTask, answer: readonly boolean[]): number {
	return answer.reduce((state, right, t) => task.next(state, right, t), 0);
}

const cases = KINDS.flatMap((kind) => [1, 2, 5, 8].map((length) => [kind, length] as const));

describe.each(cases)('task %s with %i tokens', (kind, length) => {
	const task = tokenTask(kind, length);
	const rate = 0.6;
	const { answers, probabilities } = allAnswers(length, rate);
	const values = tokenValues(task, rate);

	test('rewards what its words say', () => {
		for (const answer of answers) {
			expect(task.reward(endOf(task, answer))).toBe(rewardOf(kind, answer));
		}
	});

	test('values are the mean rewards of all answers that go on from there', () => {
		expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 14);
		for (let t = 0; t <= length; t++) {
			for (const prefix of answers.map((answer) => answer.slice(0, t))) {
				let chance = 0;
				let reward = 0;
				answers.forEach((answer, i) => {
					if (!prefix.every((right, s) => answer[s] === right)) return;
					chance += probabilities[i];
					reward += probabilities[i] * rewardOf(kind, answer);
				});
				expect(values[t][endOf(task, prefix)]).toBeCloseTo(reward / chance, 12);
			}
		}
	});

	test('with exact values and λ = 0 a token’s credit is what it changed: Q − V', () => {
		const credits = tokenCredit(task, values, answers, 0);
		answers.forEach((answer, i) => {
			let state = 0;
			answer.forEach((right, t) => {
				const next = task.next(state, right, t);
				expect(credits[i][t]).toBeCloseTo(values[t + 1][next] - values[t][state], 14);
				state = next;
			});
			// What all tokens changed together is the reward less the chance at the start.
			const total = credits[i].reduce((sum, credit) => sum + credit, 0);
			expect(total).toBeCloseTo(rewardOf(kind, answer) - values[0][0], 12);
		});
	});

	test('with λ = 1 it is the reward less the value before the token', () => {
		const credits = tokenCredit(task, values, answers, 1);
		answers.forEach((answer, i) => {
			let state = 0;
			answer.forEach((right, t) => {
				expect(credits[i][t]).toBeCloseTo(rewardOf(kind, answer) - values[t][state], 12);
				state = task.next(state, right, t);
			});
		});
	});

	test('learned values tend to the exact ones', () => {
		const count = 40_000;
		const learned = learnTokenValues(task, rate, count, createStream(1));
		for (let t = 0; t < length; t++) {
			for (const prefix of answers.map((answer) => answer.slice(0, t))) {
				const state = endOf(task, prefix);
				const chance = answers.reduce(
					(sum, answer, i) =>
						sum + (endOf(task, answer.slice(0, t)) === state ? probabilities[i] : 0),
					0
				);
				const exact = values[t][state];
				const error = Math.sqrt((exact * (1 - exact)) / (count * chance));
				// Many states at once: five standard errors, and a state that hardly anyone meets left out.
				if (count * chance < 100) continue;
				expect(Math.abs(learned[t][state] - exact)).toBeLessThan(5 * error + 1e-12);
			}
		}
		expect(learned[length]).toEqual(values[length]);
	});
});

test('a state that no answer came through has the mean reward of all', () => {
	const task = tokenTask('most', 5);
	const learned = learnTokenValues(task, 0.5, 1, createStream(3));
	const inner = learned.slice(0, 5).flatMap((row) => [...row]);
	expect(new Set(inner).size).toBe(1);
});

test('with the answer as one action every token has the same credit', () => {
	const task = tokenTask('all', 3);
	expect(
		wholeCredit(
			task,
			[
				[true, true, true],
				[true, false, true]
			],
			0.25
		)
	).toEqual([
		[0.75, 0.75, 0.75],
		[-0.25, -0.25, -0.25]
	]);
});

test('worked values', () => {
	expect(tokenValues(tokenTask('all', 3), 0.5)[0][0]).toBe(0.125);
	const all = tokenTask('all', 2);
	expect(tokenCredit(all, tokenValues(all, 0.5), [[true, true]], 0)).toEqual([[0.25, 0.5]]);
	expect(all.next(0, false, 0)).toBe(1);
	expect(all.reward(1)).toBe(0);
	expect(allAnswers(1, 0.3).probabilities).toEqual(Float64Array.of(0.7, 0.3));
});

test('bad input is refused by name', () => {
	const task = tokenTask('one', 3);
	expect(() => tokenTask('one', 0)).toThrow('tokenTask: length must be a whole number ≥ 1, got 0');
	expect(() => tokenTask('some' as never, 3)).toThrow('kind must be one, all or most, got some');
	expect(() => tokenValues(task, 1)).toThrow('tokenValues: rate must be in (0, 1), got 1');
	expect(() => learnTokenValues(task, 0, 4, createStream(1))).toThrow('learnTokenValues: rate');
	expect(() => learnTokenValues(task, 0.5, 0, createStream(1))).toThrow(
		'learnTokenValues: answers must be a whole number ≥ 1, got 0'
	);
	expect(() => tokenCredit(task, tokenValues(task, 0.5), [[true]], 1)).toThrow(
		'tokenCredit: answers must have 3 tokens, got 1'
	);
	expect(() => allAnswers(13, 0.5)).toThrow('allAnswers: length must be at most 12, got 13');
});
