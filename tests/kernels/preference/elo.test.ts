import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sigmoid } from '../../../src/kernels/core/sigmoid';
import { bradleyTerryFit } from '../../../src/kernels/preference/bradleyTerryFit';
import { elo, eloScale, type EloGame } from '../../../src/kernels/preference/elo';
import reference from '../../reference/bradleyTerry.json';
import { expectAllNear, section } from '../rl/outside';

describe('textbook updates', () => {
	interface Inputs {
		ratings: number[];
		'games [a,b,score of a]': [number, number, number][];
		K: number;
	}
	const { cases, tolerance } = section<Inputs, number[]>(reference, 'elo_updates');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const games = inputs['games [a,b,score of a]'].map(([a, b, score]) => ({ a, b, score }));
		expectAllNear(elo(inputs.ratings, games, { k: inputs.K }).ratings, outputs, tolerance);
	});
});

test('the order of games matters here and not to Bradley–Terry', () => {
	const games: EloGame[] = [
		{ a: 0, b: 1, score: 1 },
		{ a: 1, b: 2, score: 1 },
		{ a: 2, b: 0, score: 1 }
	];
	const there = elo([1500, 1500, 1500], games).ratings;
	const back = elo([1500, 1500, 1500], [...games].reverse()).ratings;
	// each has won and lost once; who did so last is ahead
	expect(Math.abs(there[0] - back[0])).toBeGreaterThan(1);
	const cycle = [
		[0, 1, 0],
		[0, 0, 1],
		[1, 0, 0]
	];
	for (const theta of bradleyTerryFit(cycle).strengths) expect(theta).toBeCloseTo(0, 12);
});

const gameLists = fc.array(
	fc.record({ a: fc.constant(0), b: fc.constantFrom(1, 2), score: fc.constantFrom(0, 0.5, 1) }),
	{ minLength: 1, maxLength: 20 }
);

test('points are only handed on, and each game is one gradient step on its likelihood', () => {
	fc.assert(
		fc.property(gameLists, (games) => {
			const { ratings, history, expected } = elo([1600, 1500, 1300], games);
			expect(ratings.reduce((sum, rating) => sum + rating, 0)).toBeCloseTo(4400, 8);
			expect(history.length).toBe(games.length + 1);
			games.forEach(({ a, b, score }, i) => {
				const theta = history[i].map((rating) => (rating * Math.LN10) / 400);
				// d/dθ_a of S log σ(θ_a − θ_b) + (1 − S) log σ(θ_b − θ_a)
				const slope = score - sigmoid(theta[a] - theta[b]);
				expect(expected[i]).toBeCloseTo(sigmoid(theta[a] - theta[b]), 12);
				expect(history[i + 1][a] - history[i][a]).toBeCloseTo(32 * slope, 8);
			});
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('odds of 3 to 1 on its scale', () => {
	expect(eloScale([Math.log(3) / 2, -Math.log(3) / 2])[0]).toBeCloseTo(1095.42, 2);
	const { expected } = elo(eloScale([Math.log(3), 0]), [{ a: 0, b: 1, score: 1 }]);
	expect(expected[0]).toBeCloseTo(0.75, 12);
});

test.each<[string, () => unknown, string]>([
	['NaN', () => elo([NaN, 0], []), 'ratings[0] must be finite, got NaN'],
	[
		'an unknown player',
		() => elo([0, 0], [{ a: 0, b: 2, score: 1 }]),
		'two different players of 2'
	],
	['a game with oneself', () => elo([0, 0], [{ a: 1, b: 1, score: 1 }]), 'got 1 and 1'],
	['a score of 2', () => elo([0, 0], [{ a: 0, b: 1, score: 2 }]), 'score must be in [0, 1], got 2'],
	['a negative K', () => elo([0, 0], [], { k: -1 }), 'k must be finite and ≥ 0, got -1'],
	['no scale', () => elo([0, 0], [], { scale: 0 }), 'scale must be positive, got 0']
])('%s: refused', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
