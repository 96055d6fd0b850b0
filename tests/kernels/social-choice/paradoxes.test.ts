import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { gaussLegendre } from '../../../src/kernels/social-choice/gaussLegendre';
import { luceBallot } from '../../../src/kernels/social-choice/luceBallot';
import { luceProbability } from '../../../src/kernels/social-choice/luceProbability';
import { normalCdf } from '../../../src/kernels/social-choice/normalCdf';
import { paradoxFrequencies } from '../../../src/kernels/social-choice/paradoxFrequencies';
import {
	paradoxCases,
	paradoxProbabilities
} from '../../../src/kernels/social-choice/paradoxProbabilities';
import { wilsonInterval } from '../../../src/kernels/social-choice/wilsonInterval';
import {
	winnerCases,
	winnerProbability
} from '../../../src/kernels/social-choice/winnerProbability';
import { winnerProbabilityManyVoters } from '../../../src/kernels/social-choice/winnerProbabilityManyVoters';
import own from '../../reference/socialChoiceOwn.json';
import reference from '../../reference/socialChoice.json';
import { expectNear, section } from '../rl/outside';

const equal = (count: number) => new Array<number>(count).fill(1);

describe('the Condorcet paradox under impartial culture', () => {
	const { cases, tolerance } = section<{ m: number; n?: number }, Record<string, number>>(
		reference,
		'condorcet_paradox_impartial_culture'
	);
	test.each(cases)('$name', ({ inputs: { m, n }, outputs }) => {
		const want = outputs['P(no Condorcet winner)'];
		if (n === undefined) {
			expectNear(1 - winnerProbabilityManyVoters(m), want, tolerance);
			return;
		}
		expectNear(1 - winnerProbability(m, n), want, tolerance);
		const exact = paradoxProbabilities({ weights: equal(m), voters: n });
		expectNear(exact.noWinner, want, tolerance);
		if (m === 3) expectNear(exact.cycle, want, tolerance);
		else expectNear(exact.cycle, outputs['P(majority relation not transitive)'], tolerance);
	});

	const elsewhere = section<
		{ alternatives: number; voters: number },
		{ winner: number; cycle: number }
	>(own, 'paradoxes');
	test.each(elsewhere.cases)('NumPy, every electorate: $name', ({ inputs, outputs }) => {
		const { alternatives, voters } = inputs;
		const exact = paradoxProbabilities({ weights: equal(alternatives), voters });
		expectNear(exact.cycle, outputs.cycle, elsewhere.tolerance);
		expectNear(1 - exact.noWinner, outputs.winner, elsewhere.tolerance);
		expectNear(winnerProbability(alternatives, voters), outputs.winner, elsewhere.tolerance);
	});

	test('12 of 216 electorates, 98 of 576', () => {
		expect(paradoxProbabilities({ weights: equal(3), voters: 3 }).cycle).toBeCloseTo(1 / 18, 14);
		const four = paradoxProbabilities({ weights: equal(4), voters: 3 });
		expect(four.cycle).toBeCloseTo(98 / 576, 12);
		expect(four.noWinner).toBeCloseTo(1 / 9, 12);
		expect(four.cases).toBe(paradoxCases(equal(4), 3));
		expect(paradoxCases(equal(3), 3)).toBe(21);
		// Weights that differ by nothing to speak of: no ballot is fixed, and the result is the same.
		const uneven = paradoxProbabilities({ weights: [1, 1, 1, 1 + 1e-12], voters: 3 });
		expect(uneven.cases).toBe(2600);
		expect(uneven.cycle).toBeCloseTo(four.cycle, 10);
		uneven.winners.forEach((chance, i) => expect(chance).toBeCloseTo(four.winners[i], 10));
	});

	test('Guilbaud’s number, and what an odd electorate of three alternatives tends to', () => {
		const guilbaud = 1 / 4 - (3 / (2 * Math.PI)) * Math.asin(1 / 3);
		expect(1 - winnerProbabilityManyVoters(3)).toBeCloseTo(guilbaud, 12);
		expect(guilbaud).toBeCloseTo(0.0877398, 7);
		const chances = [3, 9, 51, 501].map((voters) => 1 - winnerProbability(3, voters));
		chances.forEach((chance, i) => expect(chance).toBeGreaterThan(chances[i - 1] ?? 0));
		// The distance falls like 1/voters: 0.0001 at 501.
		expect(Math.abs(chances[3] - guilbaud)).toBeLessThan(2e-4);
	});

	test('by reversal, P(a winner of four) = 1 − 2 P(no winner of three), for any odd electorate', () => {
		for (const voters of [3, 5, 7, 21]) {
			const three = 1 - winnerProbability(3, voters);
			expect(winnerProbability(4, voters)).toBeCloseTo(1 - 2 * three, 12);
		}
	});

	test('an even electorate ties: often no winner, hardly a cycle', () => {
		const { cycle, noWinner } = paradoxProbabilities({ weights: equal(4), voters: 4 });
		expect(cycle).toBeLessThan(0.001);
		expect(noWinner).toBeGreaterThan(0.6);
		expect(1 - noWinner).toBeCloseTo(winnerProbability(4, 4), 12);
	});

	test('slow decay of the winner: a factor 4 in alternatives halves it with 3 voters', () => {
		const ratio = winnerProbability(400, 3) / winnerProbability(100, 3);
		// The next term is of order (log n)^{1/2} / n beside n^{−1/2}: a tenth at n = 100.
		expect(ratio).toBeGreaterThan(0.5);
		expect(ratio).toBeLessThan(0.56);
	});
});

describe('condorcet jury: two alternatives in the Luce model', () => {
	const { cases, tolerance } = section<{ p: number; n: number }, Record<string, number>>(
		reference,
		'condorcet_jury_majority'
	);
	// Luce weights are above 0, so a juror who is never right (p = 0) has none.
	test.each(cases.filter(({ inputs }) => inputs.p > 0))(
		'$name',
		({ inputs: { p, n }, outputs }) => {
			const { winners, noWinner, cycle } = paradoxProbabilities({ weights: [p, 1 - p], voters: n });
			expectNear(winners[0], outputs['P(strict majority correct)'], tolerance);
			expectNear(noWinner, outputs['P(tie)'], tolerance);
			expect(cycle).toBe(0);
		}
	);
});

describe('the Luce model', () => {
	const logs = section<
		{ scores: number[]; order: number[] },
		{ choix_log_likelihood_rankings: number }
	>(reference, 'plackett_luce_logprob');
	// Weights are e^score: positive and finite, so without the cases of infinite or huge scores. Ballots
	// order all alternatives, so without the case of the first place alone.
	const usable = logs.cases.filter(
		({ inputs: { scores, order } }) =>
			scores.every((score) => Math.abs(score) < 700) && order.length === scores.length
	);
	test.each(usable)('choix: $name', ({ inputs: { scores, order }, outputs }) => {
		const probability = luceProbability(order, scores.map(Math.exp));
		expectNear(Math.log(probability), outputs.choix_log_likelihood_rankings, logs.tolerance);
	});

	test('ballots have the probabilities of their orders, equal weights or not', () => {
		for (const weights of [
			[1, 1, 1],
			[4, 2, 1]
		]) {
			const stream = createStream(7);
			const counts = new Map<string, number>();
			const draws = 20_000;
			for (let i = 0; i < draws; i++) {
				const key = luceBallot(stream, weights).join('');
				counts.set(key, (counts.get(key) ?? 0) + 1);
			}
			let chiSquare = 0;
			for (const order of [
				[0, 1, 2],
				[0, 2, 1],
				[1, 0, 2],
				[1, 2, 0],
				[2, 0, 1],
				[2, 1, 0]
			]) {
				const expected = draws * luceProbability(order, weights);
				chiSquare += ((counts.get(order.join('')) ?? 0) - expected) ** 2 / expected;
			}
			// 99.9 % quantile of chi-square with 5 degrees of freedom; the seed is fixed.
			expect(chiSquare).toBeLessThan(20.5);
		}
	});

	test('weights far apart: voters agree and the paradox goes', () => {
		const agree = paradoxProbabilities({ weights: [100, 10, 1], voters: 3 });
		expect(agree.cycle).toBeLessThan(0.01);
		expect(agree.winners[0]).toBeGreaterThan(0.95);
	});
});

describe('paradoxFrequencies', () => {
	test('agrees with the exact probabilities', () => {
		for (const [weights, voters] of [
			[equal(4), 3],
			[equal(3), 5],
			[[4, 2, 1, 1], 3],
			[equal(4), 4]
		] as const) {
			const exact = paradoxProbabilities({ weights, voters });
			const got = paradoxFrequencies(createStream(11), { weights, voters, profiles: 4000 });
			for (const [hits, want] of [
				[got.cycles, exact.cycle],
				[got.noWinner, exact.noWinner]
			]) {
				// Four standard errors; the seed is fixed.
				const error = Math.sqrt((want * (1 - want)) / 4000);
				expect(Math.abs(hits / 4000 - want)).toBeLessThanOrEqual(4 * error);
			}
		}
	});

	test('frequencies of a separate simulation, 4,000 electorates each', () => {
		const recorded = [
			[3, 5, 0.326, 0.845],
			[3, 8, 0.772, 0.732],
			[3, 10, 0.922, 0.678],
			[3, 15, 0.997, 0.598],
			[3, 20, 1.0, 0.514],
			[5, 10, 0.964, 0.596],
			[51, 5, 0.467, 0.752],
			[51, 10, 0.988, 0.522]
		];
		for (const [voters, count, cycle, winner] of recorded) {
			const got = paradoxFrequencies(createStream(1), {
				weights: equal(count),
				voters,
				profiles: 1000
			});
			// 0.025 is 3.2 standard errors of 4,000 draws at 1/2; these are 1,000.
			expect(Math.abs(got.cycles / 1000 - cycle)).toBeLessThan(0.05);
			expect(Math.abs(1 - got.noWinner / 1000 - winner)).toBeLessThan(0.05);
			if (winnerCases(count, voters) < 2e5) {
				expect(Math.abs(winnerProbability(count, voters) - winner)).toBeLessThan(0.025);
			}
		}
		expect(Math.abs(winnerProbability(40, 3) - 0.4)).toBeLessThan(0.025);
		expect(Math.abs(winnerProbability(40, 5) - 0.285)).toBeLessThan(0.025);
	});

	test('no winner without a cycle, if nobody ties', () => {
		const got = paradoxFrequencies(createStream(2), {
			weights: equal(5),
			voters: 5,
			profiles: 300
		});
		expect(got.noWinner).toBeLessThanOrEqual(got.cycles);
	});
});

describe('the tools beneath', () => {
	test('Gauss–Legendre integrates x^d exactly up to degree 2k − 1, not beyond', () => {
		for (const k of [1, 2, 5, 20, 60]) {
			const { nodes, weights } = gaussLegendre(k);
			const integral = (degree: number) =>
				nodes.reduce((sum, node, i) => sum + weights[i] * node ** degree, 0);
			for (let degree = 0; degree < 2 * k; degree++) {
				expect(integral(degree)).toBeCloseTo(1 / (degree + 1), 13);
			}
			if (k < 5) expect(Math.abs(integral(2 * k) - 1 / (2 * k + 1))).toBeGreaterThan(1e-6);
		}
		expect(() => gaussLegendre(0)).toThrow('positive integer');
	});

	test('normalCdf: SciPy’s norm.cdf', () => {
		// scipy.stats.norm.cdf, 1.17
		const known = [
			[-8, 6.220960574271786e-16],
			[-3, 0.0013498980316300933],
			[-1, 0.15865525393145707],
			[0, 0.5],
			[0.5, 0.6914624612740131],
			[1.96, 0.9750021048517795],
			[5, 0.9999997133484281]
		];
		for (const [x, want] of known)
			expect(Math.abs(normalCdf(x) - want)).toBeLessThan(2e-16 + 1e-15);
		expect(normalCdf(40)).toBe(1);
		expect(normalCdf(-Infinity)).toBe(0);
		expect(() => normalCdf(NaN)).toThrow('NaN');
	});

	test('wilsonInterval: worked values, and it covers 95 %', () => {
		// The formula, worked out in another language
		expect(wilsonInterval(0, 100)).toEqual({ low: 0, high: expect.closeTo(0.0369935, 6) });
		expect(wilsonInterval(5, 10)).toEqual({
			low: expect.closeTo(0.2365931, 6),
			high: expect.closeTo(0.7634069, 6)
		});
		const stream = createStream(3);
		let covered = 0;
		for (let run = 0; run < 2000; run++) {
			let hits = 0;
			for (let i = 0; i < 80; i++) if (stream.uniform() < 0.1) hits++;
			const { low, high } = wilsonInterval(hits, 80);
			if (low <= 0.1 && 0.1 <= high) covered++;
		}
		// Its true cover at p = 0.1, n = 80 is about 0.95; four standard errors of 2,000 runs are 0.02.
		expect(Math.abs(covered / 2000 - 0.95)).toBeLessThan(0.025);
		expect(() => wilsonInterval(1, 0)).toThrow('trials');
		expect(() => wilsonInterval(3, 2)).toThrow('hits');
	});

	test('bad input is named', () => {
		expect(() => paradoxProbabilities({ weights: [], voters: 3 })).toThrow('weights');
		expect(() => paradoxProbabilities({ weights: [1, 0], voters: 3 })).toThrow('weights[1]');
		expect(() => paradoxProbabilities({ weights: [1, 1], voters: 0 })).toThrow('voters');
		expect(() => paradoxProbabilities({ weights: equal(6), voters: 6 })).toThrow(
			'5000000 electorates'
		);
		expect(() => winnerProbability(2.5, 3)).toThrow('alternatives');
		expect(() => winnerProbability(3, 0)).toThrow('voters');
		expect(() => winnerProbability(40, 51)).toThrow('2000000 terms');
		expect(() => winnerProbabilityManyVoters(0)).toThrow('alternatives');
		expect(() =>
			paradoxFrequencies(createStream(1), { weights: [1, 1], voters: 1, profiles: 0 })
		).toThrow('profiles');
		expect(() => luceBallot(createStream(1), [1, -1])).toThrow('weights[1]');
		expect(() => luceProbability([0], [1, 1])).toThrow('2 numbers');
	});
});
