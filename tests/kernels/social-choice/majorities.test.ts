import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { bradleyTerryFit } from '../../../src/kernels/preference/bradleyTerryFit';
import { condorcetCycle } from '../../../src/kernels/social-choice/condorcetCycle';
import { condorcetWinner } from '../../../src/kernels/social-choice/condorcetWinner';
import { fewestWrongPairs } from '../../../src/kernels/social-choice/fewestWrongPairs';
import { luceBallot } from '../../../src/kernels/social-choice/luceBallot';
import { majorityMargins } from '../../../src/kernels/social-choice/majorityMargins';
import { majorityOrder } from '../../../src/kernels/social-choice/majorityOrder';
import { wrongPairs } from '../../../src/kernels/social-choice/wrongPairs';

const CIRCLE = [
	[0, 1, 2],
	[1, 2, 0],
	[2, 0, 1]
];

/** Ballots of an electorate: `most` alternatives and voters at the most, an odd number of voters. */
const electorate = (most: number) =>
	fc
		.tuple(
			fc.integer({ min: 1, max: most }),
			fc.integer({ min: 0, max: 4 }),
			fc.integer({ min: 0, max: 1e6 })
		)
		.map(([count, half, seed]) => {
			const stream = createStream(seed);
			const weights = new Array<number>(count).fill(1);
			return Array.from({ length: 2 * half + 1 }, () => luceBallot(stream, weights));
		});

const ordersOf = (items: number[]): number[][] =>
	items.length === 0
		? [[]]
		: items.flatMap((item) =>
				ordersOf(items.filter((other) => other !== item)).map((rest) => [item, ...rest])
			);

describe('majorityMargins', () => {
	test('the classic circle: each beats the next by one of three', () => {
		const { margins, preferences, total } = majorityMargins(CIRCLE);
		expect(margins).toEqual([
			[0, 1, -1],
			[-1, 0, 1],
			[1, -1, 0]
		]);
		expect(preferences[0]).toEqual([1 / 2, 2 / 3, expect.closeTo(1 / 3, 15)]);
		expect(total).toBe(3);
	});

	test('blocs weigh as so many voters', () => {
		const [a, b] = [
			[0, 1, 2],
			[2, 0, 1]
		];
		expect(majorityMargins([a, b], [3, 2])).toEqual(majorityMargins([a, a, a, b, b]));
	});

	test('antisymmetric; every margin of an odd electorate is odd', () => {
		fc.assert(
			fc.property(electorate(7), (ballots) => {
				const { margins, preferences } = majorityMargins(ballots);
				margins.forEach((row, i) =>
					row.forEach((margin, j) => {
						expect(margin + margins[j][i]).toBe(0);
						expect(preferences[i][j] + preferences[j][i]).toBeCloseTo(1, 12);
						if (i !== j) expect(Math.abs(margin) % 2).toBe(1);
					})
				);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('bad input is named', () => {
		expect(() => majorityMargins([])).toThrow('ballots must not be empty');
		expect(() => majorityMargins([[0, 0, 1]])).toThrow('ballots[0]');
		expect(() => majorityMargins([[0, 1], [0]])).toThrow('ballots[1]');
		expect(() => majorityMargins([[0, 3, 1]])).toThrow('0 to 2');
		expect(() => majorityMargins([[0, 1]], [-1])).toThrow('voters[0]');
		expect(() => majorityMargins([[0, 1]], [1, 2])).toThrow('voters must have 1');
		expect(() => majorityMargins([[0, 1]], [0])).toThrow('not all be 0');
	});
});

describe('cycle, order and winner', () => {
	test('the circle has a cycle, no order and no winner', () => {
		const { margins } = majorityMargins(CIRCLE);
		expect(condorcetCycle(margins)).toEqual([0, 1, 2]);
		expect(majorityOrder(margins)).toBeUndefined();
		expect(condorcetWinner(margins)).toBeUndefined();
	});

	test('an order exists exactly if there is no cycle, and it then agrees with every majority', () => {
		fc.assert(
			fc.property(electorate(7), (ballots) => {
				const { margins } = majorityMargins(ballots);
				const order = majorityOrder(margins);
				const cycle = condorcetCycle(margins);
				expect(order === undefined).toBe(cycle !== undefined);
				if (order) {
					expect(
						wrongPairs(
							order.map((_, i) => -order.indexOf(i)),
							margins
						)
					).toEqual({
						reversed: [],
						levelled: []
					});
				} else {
					// Without ties a shortest cycle has three members.
					expect(cycle).toHaveLength(3);
					cycle!.forEach((i, k) => expect(margins[i][cycle![(k + 1) % 3]]).toBeGreaterThan(0));
				}
			}),
			{ seed: 2, numRuns: 200 }
		);
	});

	test('without ties: acyclic exactly if the numbers of wins are 0, 1, …, n − 1', () => {
		fc.assert(
			fc.property(electorate(6), (ballots) => {
				const { margins } = majorityMargins(ballots);
				const wins = margins.map((row) => row.filter((margin) => margin > 0).length).sort();
				expect(majorityOrder(margins) !== undefined).toBe(wins.every((count, i) => count === i));
			}),
			{ seed: 3, numRuns: 200 }
		);
	});

	test('the winner is the one that beats each other', () => {
		fc.assert(
			fc.property(electorate(6), (ballots) => {
				const { margins } = majorityMargins(ballots);
				const wins = margins.map((row, i) => row.every((margin, j) => i === j || margin > 0));
				const winner = wins.indexOf(true);
				expect(condorcetWinner(margins)).toBe(winner < 0 ? undefined : winner);
				if (majorityOrder(margins))
					expect(condorcetWinner(margins)).toBe(majorityOrder(margins)![0]);
			}),
			{ seed: 4, numRuns: 200 }
		);
	});

	test('a tie beats nobody, and a longer cycle through ties is found', () => {
		const tied = [
			[0, 0],
			[0, 0]
		];
		expect(condorcetWinner(tied)).toBeUndefined();
		expect(majorityOrder(tied)).toEqual([0, 1]);
		expect(condorcetCycle(tied)).toBeUndefined();
		const four = [
			[0, 1, 0, -1],
			[-1, 0, 1, 0],
			[0, -1, 0, 1],
			[1, 0, -1, 0]
		];
		expect(condorcetCycle(four)).toEqual([0, 1, 2, 3]);
		expect(condorcetWinner([[0]])).toBe(0);
	});
});

describe('fewestWrongPairs', () => {
	test('worked value, and none for an order', () => {
		expect(fewestWrongPairs(majorityMargins(CIRCLE).margins).wrong).toBe(1);
		expect(fewestWrongPairs(majorityMargins([[2, 0, 1]]).margins)).toEqual({
			wrong: 0,
			order: [2, 0, 1]
		});
	});

	test('as few as the best of all orders, and its own order has that few', () => {
		fc.assert(
			fc.property(electorate(6), (ballots) => {
				const { margins } = majorityMargins(ballots);
				const wrongIn = (order: number[]) =>
					wrongPairs(
						margins.map((_, i) => -order.indexOf(i)),
						margins
					).reversed.length;
				const { wrong, order } = fewestWrongPairs(margins);
				const all = ordersOf(margins.map((_, i) => i)).map(wrongIn);
				expect(wrong).toBe(Math.min(...all));
				expect(wrongIn(order)).toBe(wrong);
				expect(wrong === 0).toBe(majorityOrder(margins) !== undefined);
			}),
			{ seed: 5, numRuns: 60 }
		);
	});

	test('fourteen alternatives, no more', () => {
		const margins = (count: number) =>
			Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => j - i));
		expect(fewestWrongPairs(margins(14)).order).toEqual(Array.from({ length: 14 }, (_, i) => i));
		expect(() => fewestWrongPairs(margins(15))).toThrow('1 to 14 rows');
		expect(() => fewestWrongPairs([])).toThrow('1 to 14 rows');
	});
});

describe('what a Bradley–Terry fit makes of majorities', () => {
	const fit = (ballots: number[][], voters?: number[]) => {
		const { margins, preferences } = majorityMargins(ballots, voters);
		const wins = preferences.map((row, i) => row.map((share, j) => (i === j ? 0 : share)));
		const { strengths } = bradleyTerryFit(wins);
		return { margins, strengths, ...wrongPairs(strengths, margins) };
	};

	test('the circle: three equal rewards, all three pairs levelled', () => {
		const { strengths, reversed, levelled } = fit(CIRCLE);
		strengths.forEach((strength) => expect(strength).toBeCloseTo(0, 10));
		expect(reversed).toEqual([]);
		expect(levelled).toHaveLength(3);
	});

	test('acyclic, yet the fit reverses a majority: its order is that of the wins in all comparisons', () => {
		const ballots = [
			[0, 1, 2],
			[1, 2, 0]
		];
		const { margins, reversed } = fit(ballots, [3, 2]);
		expect(majorityOrder(margins)).toEqual([0, 1, 2]);
		expect(reversed).toEqual([[0, 1]]);
	});

	test('acyclic 0.6, 0.6, 0.61 keeps its order but not its numbers; Bradley–Terry would imply 0.6923', () => {
		const { strengths } = bradleyTerryFit([
			[0, 0.6, 0.61],
			[0.4, 0, 0.6],
			[0.39, 0.4, 0]
		]);
		expect(strengths[0]).toBeGreaterThan(strengths[1]);
		expect(strengths[1]).toBeGreaterThan(strengths[2]);
		const odds = (0.6 / 0.4) ** 2;
		expect(odds / (1 + odds)).toBeCloseTo(0.6923, 4);
		expect(1 / (1 + Math.exp(strengths[2] - strengths[0]))).toBeGreaterThan(0.63);
	});
});

test('wrongPairs names bad rewards', () => {
	const { margins } = majorityMargins(CIRCLE);
	expect(() => wrongPairs([0, 0], margins)).toThrow('3 numbers');
	expect(() => wrongPairs([0, NaN, 0], margins)).toThrow('rewards[1]');
});
