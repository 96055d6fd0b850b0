import { describe, expect, test } from 'vitest';
import { createStream, type Stream } from '../../../src/kernels/core/stream';
import { distanceMatrix } from '../../../src/kernels/routing/distanceMatrix';
import { greedyRoute } from '../../../src/kernels/routing/greedyRoute';
import { nearestNeighbour } from '../../../src/kernels/routing/nearestNeighbour';
import { qLearning, type QLearningOptions } from '../../../src/kernels/routing/qLearning';
import { sarsa } from '../../../src/kernels/routing/sarsa';
import { boltzmann } from '../../../src/kernels/routing/tabularStep';
import { tourLength } from '../../../src/kernels/routing/tourLength';
import { endless, finish, randomPoints, section } from './instances';

/** Gives back recorded numbers in order, and says so if they run out. */
function replay(drawn: readonly number[]): Stream {
	let next = 0;
	const take = () => {
		if (next >= drawn.length) throw new Error('more numbers are drawn than were recorded');
		return drawn[next++];
	};
	return { uniform: take, int: take, split: () => replay(drawn.slice(next)) };
}

describe('recorded runs of the codes themselves', () => {
	const { cases, tolerance } = section<
		{
			points: number[][];
			learning_rate: number;
			discount_factor: number;
			epsilon: number;
			episodes: number;
			drawn: number[];
		},
		{ q: number[] }
	>('learners');
	test.each(cases)('$name', ({ name, inputs, outputs }) => {
		const { points, learning_rate, discount_factor, epsilon, episodes, drawn } = inputs;
		const search = endless(distanceMatrix(points.flat(), 'REAL'));
		const common = {
			episodes,
			learningRate: learning_rate,
			discountFactor: discount_factor,
			exploration: { rule: 'epsilon-greedy', epsilon },
			traceDecay: 0
		} as const;
		const plain = { ...common, target: 'taken', returnsHome: false, fading: false } as const;
		const runs = {
			q_learning: () =>
				qLearning(search, replay(drawn), { ...common, bootstrap: 'original', fading: false }),
			'q_learning r1': () =>
				qLearning(search, replay(drawn), {
					...common,
					bootstrap: 'original',
					traceDecay: 0.8,
					fading: true,
					exploration: { rule: 'mixed', epsilon, from: 1, to: 0.1 }
				}),
			sarsa: () => sarsa(search, replay(drawn), plain),
			'sarsa of the prompt': () =>
				sarsa(search, replay(drawn), {
					...plain,
					traceDecay: 0.9,
					returnsHome: true,
					fading: true
				}),
			'sarsa o1': () =>
				sarsa(search, replay(drawn), {
					...plain,
					target: 'expected',
					traceDecay: 1,
					returnsHome: true,
					exploration: { rule: 'boltzmann', from: 1, to: 0.01 }
				})
		};
		const { q } = finish(runs[name as keyof typeof runs]());
		outputs.q.forEach((want, i) => {
			expect(Math.abs(q[i] - want)).toBeLessThanOrEqual(
				tolerance.atol + tolerance.rtol * Math.abs(want)
			);
		});
	});
});

const settings: QLearningOptions = {
	episodes: 2000,
	learningRate: 0.1,
	discountFactor: 0.95,
	exploration: { rule: 'epsilon-greedy', epsilon: 0.15 },
	bootstrap: 'original',
	traceDecay: 0,
	fading: false
};

describe('the baseline is nearest neighbour', () => {
	const learn = (seed: number, changed: Partial<QLearningOptions> = {}) => {
		const distances = distanceMatrix(randomPoints(12, seed), 'REAL');
		const search = endless(distances);
		const learned = finish(qLearning(search, createStream(seed), { ...settings, ...changed }));
		return { distances, ...learned, tour: greedyRoute(learned.q, 0) };
	};

	test('it looks ahead to 0 at every step, and its values go to −d/d_max', () => {
		for (let seed = 1; seed <= 20; seed++) {
			const { distances, q, lookedAhead, tour } = learn(seed);
			expect(lookedAhead).toEqual({ highest: 0, lowest: 0 });
			expect(tour).toEqual(nearestNeighbour(endless(distances), 0));
			const longest = Math.max(...distances.values);
			q.forEach((value, i) => {
				// every value is −d/d_max times 1 − .9^visits: between it and 0
				expect(value).toBeLessThanOrEqual(0);
				expect(value).toBeGreaterThanOrEqual(-distances.values[i] / longest - 1e-12);
			});
			// the city that the policy mostly goes to has been updated hundreds of times
			const nearest = tour[1];
			expect(q[nearest]).toBeCloseTo(-distances.values[nearest] / longest, 6);
		}
	});

	test('γ has no say in it', () => {
		expect(learn(3, { discountFactor: 0 }).q).toEqual(learn(3, { discountFactor: 0.95 }).q);
	});

	test('the corrected update makes the tour longer on average, over 40 instances', () => {
		const lengths = Array.from({ length: 40 }, (_, i) => {
			const slip = learn(i + 1);
			const mended = learn(i + 1, { bootstrap: 'corrected' });
			return [tourLength(slip.distances, slip.tour), tourLength(mended.distances, mended.tour)];
		});
		const mean = (k: number) => lengths.reduce((sum, pair) => sum + pair[k], 0) / 40;
		expect(lengths.filter(([slip, mended]) => mended > slip).length).toBeGreaterThan(28);
		expect(mean(1) / mean(0)).toBeGreaterThan(1.08);
	});
});

test('Boltzmann at τ = 1 hardly tells values in [−1, 0] apart', () => {
	const at = (temperature: number) => [...boltzmann([-0.1, -0.5, -1], 0, [0, 1, 2], temperature)];
	[0.4815, 0.3228, 0.1958].forEach((want, i) => expect(at(1)[i]).toBeCloseTo(want, 4));
	[0.98189, 0.01798, 0.00012].forEach((want, i) => expect(at(0.1)[i]).toBeCloseTo(want, 5));
});

test('Expected SARSA with ε = 0 is Q-learning with the corrected update', () => {
	const search = endless(distanceMatrix(randomPoints(8, 2), 'REAL'));
	const greedy = { rule: 'epsilon-greedy', epsilon: 0 } as const;
	const common = { ...settings, episodes: 50, exploration: greedy };
	const q = finish(qLearning(search, createStream(5), { ...common, bootstrap: 'corrected' })).q;
	const expected = finish(
		sarsa(search, createStream(5), {
			...common,
			target: 'expected',
			returnsHome: false,
			fading: false
		})
	).q;
	q.forEach((value, i) => expect(expected[i]).toBeCloseTo(value, 12));
});

test('a greedy route follows the table, ties to the lowest city', () => {
	expect(greedyRoute([0, -1, -2, -1, 0, -3, -2, -3, 0], 0)).toEqual([0, 1, 2]);
	expect(greedyRoute(new Float64Array(16), 2)).toEqual([2, 0, 1, 3]);
	expect(() => greedyRoute([1, 2], 0)).toThrow('greedyRoute: q must be n × n');
	expect(() => greedyRoute([1], 1)).toThrow('start must be a city');
});

test('bad options are named', () => {
	const search = endless(distanceMatrix(randomPoints(4, 1), 'REAL'));
	const run = (changed: Partial<QLearningOptions>) =>
		qLearning(search, createStream(1), { ...settings, ...changed }).next();
	expect(() => run({ episodes: 0 })).toThrow('qLearning: episodes must be a positive integer');
	expect(() => run({ learningRate: 2 })).toThrow('qLearning: learningRate must be in [0, 1]');
	expect(() => run({ traceDecay: NaN })).toThrow('traceDecay');
});
