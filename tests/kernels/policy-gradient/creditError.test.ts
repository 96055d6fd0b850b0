import { describe, expect, test } from 'vitest';
import { mean } from '../../../src/kernels/core/mean';
import { createStream } from '../../../src/kernels/core/stream';
import {
	allAnswers,
	creditError,
	tokenGradient
} from '../../../src/kernels/policy-gradient/creditError';
import { tokenCredit } from '../../../src/kernels/policy-gradient/tokenCredit';
import { tokenTask, type TokenTaskKind } from '../../../src/kernels/policy-gradient/tokenTask';
import { learnTokenValues, tokenValues } from '../../../src/kernels/policy-gradient/tokenValues';
import { wholeCredit } from '../../../src/kernels/policy-gradient/wholeCredit';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

function errorWith(
	kind: TokenTaskKind,
	length: number,
	rate: number,
	lam: number,
	values?: Float64Array[]
) {
	const task = tokenTask(kind, length);
	const { answers } = allAnswers(length, rate);
	const credits = tokenCredit(task, values ?? tokenValues(task, rate), answers, lam);
	return creditError(task, rate, credits);
}

function errorOfWhole(kind: TokenTaskKind, length: number, rate: number) {
	const task = tokenTask(kind, length);
	const { answers } = allAnswers(length, rate);
	const chance = tokenValues(task, rate)[0][0];
	return creditError(task, rate, wholeCredit(task, answers, chance));
}

/** The error of a batch of G answers, with values learned from `count` others, over 20 seeds. */
function learnedErrors(kind: TokenTaskKind, count: number, lam: number, G: number): number[] {
	const task = tokenTask(kind, 7);
	return SEEDS.map((seed) => {
		const values = learnTokenValues(task, 0.5, count, createStream(seed));
		const { bias, noise } = errorWith(kind, 7, 0.5, lam, values);
		return Math.hypot(bias, noise / Math.sqrt(G));
	});
}

const cases = (['one', 'all', 'most'] as const).flatMap((kind) =>
	[0.3, 0.5, 0.8].map((rate) => [kind, rate] as const)
);

describe.each(cases)('task %s, tokens right with %f', (kind, rate) => {
	const task = tokenTask(kind, 5);

	test('the gradient is that of the chance of being right, by finite differences', () => {
		// One logit a token, and all tokens share the rate: the derivatives add up to that in the rate's logit.
		const chance = (r: number) => tokenValues(task, r)[0][0];
		const h = 1e-5;
		const slope = (chance(rate + h) - chance(rate - h)) / (2 * h);
		const total = tokenGradient(task, rate).reduce((sum, g) => sum + g, 0);
		// Central differences: h² from the curvature, eps/h from rounding.
		expect(Math.abs(total - slope * rate * (1 - rate))).toBeLessThan(1e-8);
	});

	test('λ = 1 is unbiased with any values, λ = 0 with exact ones', () => {
		const wrong: Float64Array[] = Array.from({ length: 6 }, (_, t) =>
			Float64Array.from({ length: task.states }, (_, s) => Math.sin(7 * t + 3 * s))
		);
		wrong[5] = tokenValues(task, rate)[5];
		expect(errorWith(kind, 5, rate, 1, wrong).bias).toBeLessThan(1e-12);
		for (const lam of [0, 0.5, 1]) {
			expect(errorWith(kind, 5, rate, lam).bias).toBeLessThan(1e-12);
		}
		expect(errorWith(kind, 5, rate, 0.5, wrong).bias).toBeGreaterThan(0.1);
		expect(errorOfWhole(kind, 5, rate).bias).toBeLessThan(1e-12);
	});
});

describe('one token decides', () => {
	test.each([2, 3, 5, 9])('whole-answer credit of %i tokens: noise √(T−1) at rate ½', (length) => {
		expect(errorOfWhole('one', length, 0.5).noise).toBeCloseTo(Math.sqrt(length - 1), 12);
		expect(errorWith('one', length, 0.5, 0).noise).toBeCloseTo(0, 12);
	});
});

describe('most tokens must be right', () => {
	test('whole-answer credit by hand', () => {
		// A token is pivotal where three of the other six are right, C(6,3)/2⁶ = 5/16, and then changes the
		// chance by 1: g = 5/64 a token. (R − ½)² (x − ½)² is 1/16 always.
		const signal = 7 * (5 / 64) ** 2;
		const noise = Math.sqrt((7 / 16 - signal) / signal);
		expect(errorOfWhole('most', 7, 0.5).noise).toBeCloseTo(noise, 12);
	});

	test('exact values take noise away, most of it with λ = 0', () => {
		const whole = errorOfWhole('most', 7, 0.5).noise;
		const [own, toGo] = [0, 1].map((lam) => errorWith('most', 7, 0.5, lam).noise);
		expect(own).toBeLessThan(whole / 4);
		expect(toGo).toBeLessThan(whole);
		expect(toGo).toBeGreaterThan(own);
	});

	test('with values learned from 16 answers, a λ in between beats both ends in the mean of 20 seeds', () => {
		const [none, half, full] = [0, 0.5, 1].map((lam) => mean(learnedErrors('most', 16, lam, 8)));
		expect(half).toBeLessThan(none - 0.03);
		expect(half).toBeLessThan(full - 0.3);
	});

	test('the best λ in the mean of 20 seeds is 0.45 with 16 answers and 0 with 5,000, as the primer says', () => {
		const lambdas = Array.from({ length: 21 }, (_, i) => i / 20);
		for (const [count, best] of [
			[16, 0.45],
			[5000, 0]
		]) {
			const errors = lambdas.map((lam) => mean(learnedErrors('most', count, lam, 8)));
			expect(lambdas[errors.indexOf(Math.min(...errors))]).toBe(best);
		}
	});

	test('with values learned from 4,096 answers, λ = 0 is best in every one of 20 seeds', () => {
		const [none, half] = [0, 0.5].map((lam) => learnedErrors('most', 4096, lam, 8));
		SEEDS.forEach((_, i) => expect(none[i]).toBeLessThan(half[i]));
	});
});

test('all tokens must be right: here exact values do not beat one number for the whole answer', () => {
	const whole = errorOfWhole('all', 7, 0.8).noise;
	expect(errorWith('all', 7, 0.8, 0).noise).toBeGreaterThan(whole);
	expect(errorWith('all', 7, 0.8, 1).noise).toBeGreaterThan(whole);
});
