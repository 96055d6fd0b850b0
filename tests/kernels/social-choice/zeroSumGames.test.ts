import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { condorcetWinner } from '../../../src/kernels/social-choice/condorcetWinner';
import { exploitability } from '../../../src/kernels/social-choice/exploitability';
import { luceBallot } from '../../../src/kernels/social-choice/luceBallot';
import { majorityMargins } from '../../../src/kernels/social-choice/majorityMargins';
import { maximalLottery } from '../../../src/kernels/social-choice/maximalLottery';
import { zeroSumEquilibrium } from '../../../src/kernels/social-choice/zeroSumEquilibrium';
import own from '../../reference/socialChoiceOwn.json';
import reference from '../../reference/socialChoice.json';
import { expectAllNear, expectNear, section } from '../rl/outside';

const sum = (xs: readonly number[]) => xs.reduce((total, x) => total + x, 0);

/** Margins of a random electorate with an odd number of voters. */
const oddMargins = fc
	.tuple(
		fc.integer({ min: 1, max: 9 }),
		fc.integer({ min: 0, max: 5 }),
		fc.integer({ min: 0, max: 1e6 })
	)
	.map(([count, half, seed]) => {
		const stream = createStream(seed);
		const weights = new Array<number>(count).fill(1);
		const ballots = Array.from({ length: 2 * half + 1 }, () => luceBallot(stream, weights));
		return majorityMargins(ballots).margins;
	});

describe('zeroSumEquilibrium', () => {
	const given = section<
		{ row_payoffs: number[][] },
		{ row_strategy: number[]; column_strategy: number[]; value: number }
	>(reference, 'zero_sum_nash_linprog');
	test.each(given.cases)('SciPy: $name', ({ inputs, outputs }) => {
		const { row, column, value } = zeroSumEquilibrium(inputs.row_payoffs);
		expectAllNear(row, outputs.row_strategy, given.tolerance);
		expectAllNear(column, outputs.column_strategy, given.tolerance);
		expectNear(value, outputs.value, given.tolerance);
	});

	const more = section<{ row_payoffs: number[][] }, { value: number }>(own, 'games');
	test.each(more.cases)('HiGHS: $name', ({ inputs: { row_payoffs }, outputs }) => {
		const { value, gap } = zeroSumEquilibrium(row_payoffs);
		const flat = row_payoffs.flat();
		const span = Math.max(...flat) - Math.min(...flat);
		// HiGHS takes 1e−7 for feasible, whatever the size of the payoffs.
		expect(Math.abs(value - outputs.value)).toBeLessThanOrEqual(1e-7 + 1e-7 * span);
		// Whole numbers inside: only the two sums are rounded.
		expect(Math.abs(gap)).toBeLessThanOrEqual(1e-14 * Math.max(...flat.map(Math.abs)));
	});

	test('proves its own result: strategies are distributions whose guarantees meet', () => {
		const payoff = fc.oneof(
			fc.integer({ min: -3, max: 3 }),
			fc.double({ min: -50, max: 50, noNaN: true })
		);
		const games = fc
			.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
			.chain(([rows, columns]) =>
				fc.array(fc.array(payoff, { minLength: columns, maxLength: columns }), {
					minLength: rows,
					maxLength: rows
				})
			);
		fc.assert(
			fc.property(games, (payoffs) => {
				const { row, column, rowGuarantee, columnGuarantee } = zeroSumEquilibrium(payoffs);
				for (const strategy of [row, column]) {
					expect(sum(strategy)).toBeCloseTo(1, 12);
					for (const p of strategy) expect(p).toBeGreaterThanOrEqual(0);
				}
				const worst = Math.min(
					...payoffs[0].map((_, j) => sum(payoffs.map((own, i) => row[i] * own[j])))
				);
				expect(rowGuarantee).toBeCloseTo(worst, 10);
				// Rounding of two sums of nine products of at most 50.
				expect(Math.abs(columnGuarantee - rowGuarantee)).toBeLessThan(1e-12);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('shifting, scaling and turning the table: value and strategies follow', () => {
		const payoffs = [
			[2, -1, 3],
			[-2, 4, 0]
		];
		const base = zeroSumEquilibrium(payoffs);
		const moved = zeroSumEquilibrium(payoffs.map((row) => row.map((x) => 100 + 1e-6 * x)));
		expect(moved.value).toBeCloseTo(100 + 1e-6 * base.value, 10);
		moved.row.forEach((p, i) => expect(p).toBeCloseTo(base.row[i], 6));
		const turned = zeroSumEquilibrium([0, 1, 2].map((j) => payoffs.map((row) => -row[j])));
		expect(turned.value).toBeCloseTo(-base.value, 12);
		turned.row.forEach((p, j) => expect(p).toBeCloseTo(base.column[j], 12));
	});

	test('sizes of any order, and payoffs that differ in the last bit', () => {
		for (const size of [Number.MIN_VALUE, 1e-200, 1e200]) {
			const { row, value } = zeroSumEquilibrium([
				[size, -size],
				[-size, size]
			]);
			expect(row).toEqual([0.5, 0.5]);
			expect(value).toBe(0);
		}
		const more = 1 + Number.EPSILON;
		expect(zeroSumEquilibrium([[1], [more]]).row).toEqual([0, 1]);
		const { row, value } = zeroSumEquilibrium([
			[1e9, 0],
			[0, 1e-9]
		]);
		expect(value).toBeCloseTo(1e-9, 20);
		expect(row[0] / 1e-18).toBeCloseTo(1, 12);
	});

	test('bad input is named', () => {
		expect(() => zeroSumEquilibrium([])).toThrow('payoffs must not be empty');
		expect(() => zeroSumEquilibrium([[]])).toThrow('payoffs must not be empty');
		expect(() => zeroSumEquilibrium([[1, 2], [3]])).toThrow('payoffs[1]');
		expect(() => zeroSumEquilibrium([[1, Infinity]])).toThrow('payoffs[0][1]');
	});
});

describe('maximalLottery', () => {
	interface Wanted {
		p: number[] | string;
		unique: boolean;
		p_min: number[];
		p_max: number[];
	}
	const given = section<{ margins: number[][] }, Wanted & { condorcet_winner: number | null }>(
		reference,
		'maximal_lottery_nash'
	);
	test.each(given.cases)('SciPy: $name', ({ inputs: { margins }, outputs }) => {
		const { lottery, unique } = maximalLottery(margins);
		expect(unique).toBe(outputs.unique);
		if (typeof outputs.p !== 'string') expectAllNear(lottery, outputs.p, given.tolerance);
		expect(condorcetWinner(margins) ?? null).toBe(outputs.condorcet_winner);
	});

	const more = section<{ margins: number[][] }, Wanted>(own, 'lotteries');
	test.each(more.cases)('HiGHS: $name', ({ inputs: { margins }, outputs }) => {
		const { lottery, unique, against, gap } = maximalLottery(margins);
		expect(unique).toBe(outputs.unique);
		lottery.forEach((p, i) => {
			expect(p).toBeGreaterThanOrEqual(outputs.p_min[i] - 1e-6);
			expect(p).toBeLessThanOrEqual(outputs.p_max[i] + 1e-6);
		});
		expect(Math.min(...against)).toBeGreaterThan(-1e-9);
		expect(gap).toBeLessThan(1e-11);
	});

	test('a cycle of three: weight goes to the one whose rivals lie far apart', () => {
		const three = (a: number, b: number, c: number) => [
			[0, a, -c],
			[-a, 0, b],
			[c, -b, 0]
		];
		for (const [a, b, c] of [
			[0.2, 0.8, 0.1],
			[0.2, 0.6, 0.4],
			[1, 1, 1],
			[3, 1e-3, 7]
		]) {
			const { lottery, against } = maximalLottery(three(a, b, c));
			[b, c, a].forEach((x, i) => expect(lottery[i]).toBeCloseTo(x / (a + b + c), 12));
			for (const margin of against) expect(margin).toBeCloseTo(0, 12);
		}
	});

	test('an odd electorate: unique, odd support, and a point on the winner exactly if there is one', () => {
		fc.assert(
			fc.property(oddMargins, (margins) => {
				const { lottery, support, against, unique } = maximalLottery(margins);
				expect(unique).toBe(true);
				expect(support.length % 2).toBe(1);
				expect(sum(lottery)).toBeCloseTo(1, 12);
				support.forEach((i) => expect(Math.abs(against[i])).toBeLessThan(1e-9));
				expect(Math.min(...against)).toBeGreaterThan(-1e-9);
				const winner = condorcetWinner(margins);
				if (winner === undefined) expect(support.length).toBeGreaterThan(1);
				else expect(support).toEqual([winner]);
			}),
			{ seed: 2, numRuns: 300 }
		);
	});

	test('new names change nothing', () => {
		fc.assert(
			fc.property(oddMargins, fc.integer({ min: 0, max: 8 }), (margins, shift) => {
				const count = margins.length;
				const from = margins.map((_, i) => (i + shift) % count);
				const renamed = from.map((i) => from.map((j) => margins[i][j]));
				const { lottery } = maximalLottery(margins);
				maximalLottery(renamed).lottery.forEach((p, i) =>
					expect(p).toBeCloseTo(lottery[from[i]], 9)
				);
			}),
			{ seed: 3, numRuns: 100 }
		);
	});

	test('51 of 100 voters take it all: no proportional representation', () => {
		const { margins } = majorityMargins(
			[
				[0, 1, 2],
				[1, 2, 0]
			],
			[51, 49]
		);
		expect(maximalLottery(margins).lottery).toEqual([1, 0, 0]);
	});

	test('bad input is named', () => {
		expect(() => maximalLottery([])).toThrow('margins');
		expect(() =>
			maximalLottery([
				[0, 1],
				[1, 0]
			])
		).toThrow('must be −margins');
		expect(() => maximalLottery([[0, 1]])).toThrow('margins[0]');
		expect(() => maximalLottery([[NaN]])).toThrow('finite');
	});
});

describe('exploitability', () => {
	test('worked value, and 0 at the maximal lottery', () => {
		const certain = [
			[0.5, 0, 1],
			[1, 0.5, 0],
			[0, 1, 0.5]
		];
		expect(exploitability(certain, [1, 0, 0])).toEqual({ gap: 0.5, response: 1 });
		fc.assert(
			fc.property(oddMargins, (margins) => {
				const largest = Math.max(1, ...margins.flat());
				const preferences = margins.map((row) => row.map((margin) => (1 + margin / largest) / 2));
				const { lottery } = maximalLottery(margins);
				expect(exploitability(preferences, lottery).gap).toBeLessThan(1e-10);
			}),
			{ seed: 4, numRuns: 100 }
		);
	});

	test('bad input is named', () => {
		expect(() => exploitability([[0.5]], [0.5])).toThrow('policy must sum to 1');
		expect(() => exploitability([[0.6]], [1])).toThrow('preferences[0][0]');
		expect(() => exploitability([[1.5]], [1])).toThrow('in [0, 1]');
		expect(() => exploitability([[0.5]], [0.5, 0.5])).toThrow('policy must have 1');
	});
});
