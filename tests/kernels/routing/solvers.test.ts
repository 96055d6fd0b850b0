import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { antColony } from '../../../src/kernels/routing/antColony';
import {
	bestCostInsertion,
	edgeRecombination,
	orderCrossover
} from '../../../src/kernels/routing/crossover';
import { distanceMatrix } from '../../../src/kernels/routing/distanceMatrix';
import { geneticAlgorithm } from '../../../src/kernels/routing/geneticAlgorithm';
import { pheromoneBounds, updatePheromone } from '../../../src/kernels/routing/pheromone';
import { bestBy, checkpoints, race } from '../../../src/kernels/routing/race';
import { drain, openSearch } from '../../../src/kernels/routing/search';
import { accepts, simulatedAnnealing } from '../../../src/kernels/routing/simulatedAnnealing';
import {
	CHANGES,
	NO_CHANGES,
	SOLVERS,
	SOLVER_NAMES,
	type Changes
} from '../../../src/kernels/routing/solvers';
import { tabuSearch } from '../../../src/kernels/routing/tabuSearch';
import { tourLength } from '../../../src/kernels/routing/tourLength';
import { tsplibInstances, type TsplibName } from '../../../src/kernels/routing/tsplibInstances';
import { endless, planePoints, randomPoints } from './instances';

const ALL = Object.fromEntries(CHANGES.map((change) => [change, true])) as unknown as Changes;
const open = (name: TsplibName, budget: number) => {
	const { points, rule, optimum } = tsplibInstances[name];
	return { points, optimum, search: openSearch(distanceMatrix(points, rule), budget) };
};

describe('crossover', () => {
	const permutation = (n: number) =>
		fc.shuffledSubarray(
			Array.from({ length: n }, (_, city) => city),
			{ minLength: n }
		);
	const parents = fc
		.integer({ min: 3, max: 20 })
		.chain((n) => fc.tuple(permutation(n), permutation(n), fc.nat(n - 1), fc.nat(n - 1), fc.nat()));

	test('order crossover keeps the first parent’s stretch in place and the second’s order elsewhere', () => {
		expect(orderCrossover([0, 1, 2, 3, 4], [4, 3, 2, 1, 0], 1, 2)).toEqual([0, 1, 2, 4, 3]);
		fc.assert(
			fc.property(parents, ([first, second, a, b]) => {
				const [from, to] = [Math.min(a, b), Math.max(a, b)];
				const child = orderCrossover(first, second, from, to);
				expect([...child].sort((x, y) => x - y)).toEqual([...first].sort((x, y) => x - y));
				expect(child.slice(from, to + 1)).toEqual(first.slice(from, to + 1));
				const rest = [...child.slice(to + 1), ...child.slice(0, from)];
				expect(rest).toEqual(second.filter((city) => rest.includes(city)));
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	test('edge recombination starts as the first parent, and takes its edges from the two where it can', () => {
		fc.assert(
			fc.property(parents, ([first, second, , , seed]) => {
				const child = edgeRecombination(first, second, createStream(seed));
				expect([...child].sort((x, y) => x - y)).toEqual([...first].sort((x, y) => x - y));
				expect(child[0]).toBe(first[0]);
				// of equal parents every edge is kept
				const same = edgeRecombination(first, first, createStream(seed));
				const at = new Map(first.map((city, i) => [city, i]));
				same.slice(1).forEach((city, i) => {
					const apart = Math.abs(at.get(city)! - at.get(same[i])!);
					expect([1, first.length - 1]).toContain(apart);
				});
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	test('best-cost insertion tries every place', () => {
		fc.assert(
			fc.property(planePoints(3, 9), (points) => {
				const distances = distanceMatrix(points, 'REAL');
				const tour = Array.from({ length: distances.size }, (_, city) => city);
				const search = endless(distances);
				const child = bestCostInsertion(search, tour, 1);
				expect(search.looked).toBe((distances.size - 1) * distances.size);
				expect(child.length).toBeCloseTo(tourLength(distances, child.tour), 8);
				expect(child.length).toBeLessThanOrEqual(tourLength(distances, tour) + 1e-8);
			}),
			{ seed: 1, numRuns: 60 }
		);
	});
});

describe('pheromone', () => {
	test('one original iteration, by hand', () => {
		const tau = new Float64Array(16).fill(1);
		const deposit = { tour: [0, 1, 2, 3], length: 2, improved: true, best: 2 };
		expect(updatePheromone(tau, { decay: 0.5, update: 'original' }, deposit)).toBe(0);
		expect([tau[1], tau[4], tau[2], tau[3]]).toEqual([0.75, 0.75, 0.5, 0.75]);
	});

	test('MAX-MIN: between its bounds after every update, whatever is laid', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.double({ min: 1, max: 100, noNaN: true }), fc.nat()), {
					minLength: 1
				}),
				fc.double({ min: 0.01, max: 0.9, noNaN: true }),
				(tours, decay) => {
					const n = 6;
					const rule = { decay, update: 'max-min' } as const;
					const tau = new Float64Array(n * n).fill(1);
					let best = Infinity;
					for (const [length, turn] of tours) {
						const improved = length < best;
						best = Math.min(best, length);
						const tour = Array.from({ length: n }, (_, i) => (i * (turn % 2 ? 1 : 5) + turn) % n);
						updatePheromone(tau, rule, { tour, length, improved, best });
						const [low, high] = pheromoneBounds(rule, best, n);
						expect(high / low).toBeCloseTo(2 * n, 9);
						for (const value of tau) {
							expect(value).toBeGreaterThanOrEqual(low);
							expect(value).toBeLessThanOrEqual(high);
						}
					}
				}
			),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('the bounds that the rewrite calls MAX-MIN are never met from above, and from below late', () => {
		// Its deposits come only with a new best tour, so decay rules: (1 − .05)^224 > 1e−5 > (1 − .05)^225.
		const tau = new Float64Array(36).fill(1);
		const rule = { decay: 0.05, update: 'rewrite' } as const;
		const deposit = { tour: [0, 1, 2, 3, 4, 5], length: 7542, improved: true, best: 7542 };
		let first = 0;
		for (let iteration = 1; iteration <= 300 && !first; iteration++) {
			if (updatePheromone(tau, rule, deposit) > 0) first = iteration;
		}
		expect(first).toBe(225);
		expect(Math.max(...tau)).toBeLessThan(1e5);
	});

	test('a decay out of range is named', () => {
		const deposit = { tour: [0], length: 1, improved: true, best: 1 };
		expect(() =>
			updatePheromone(new Float64Array(1), { decay: 1, update: 'original' }, deposit)
		).toThrow('updatePheromone: decay must be in (0, 1), got 1');
	});
});

describe('the rule of Metropolis', () => {
	const share = (delta: number, temperature: number) => {
		const stream = createStream(1);
		let kept = 0;
		for (let i = 0; i < 20_000; i++) if (accepts(delta, temperature, stream)) kept++;
		return kept / 20_000;
	};
	test('exp(−Δ/T), with its limits', () => {
		// three standard errors of 20,000 draws are .011
		expect(Math.abs(share(1, 1) - Math.exp(-1))).toBeLessThan(0.011);
		expect(Math.abs(share(3, 2) - Math.exp(-1.5))).toBeLessThan(0.011);
		expect(share(1e-3, 1e-9)).toBe(0);
		expect(share(5, 1e12)).toBe(1);
		expect(share(-1, 1e-9)).toBe(1);
	});
});

describe('every solver, in either form', () => {
	test('visits every city once, at the length it says, within its budget, on any points', () => {
		fc.assert(
			fc.property(
				planePoints(3, 16, 30),
				fc.integer({ min: 1, max: 20_000 }),
				fc.nat(),
				(points, budget, seed) => {
					const distances = distanceMatrix(points, 'EUC_2D');
					for (const name of SOLVER_NAMES) {
						for (const changes of [NO_CHANGES, ALL]) {
							const search = openSearch(distances, budget);
							drain(SOLVERS[name].solve(search, createStream(seed), changes, points));
							expect(search.looked).toBeLessThanOrEqual(budget);
							let before = Infinity;
							for (const { length, tour, looked } of search.found) {
								expect(tourLength(distances, tour), name).toBeCloseTo(length, 6);
								expect(length).toBeLessThan(before);
								expect(looked).toBeLessThanOrEqual(search.looked);
								before = length;
							}
						}
					}
				}
			),
			{ seed: 1, numRuns: 25 }
		);
	}, 30_000);

	test('the same seed gives the same tours', () => {
		for (const name of SOLVER_NAMES) {
			const lengths = [1, 1].map((seed) => {
				const { search, points } = open('ulysses22', 30_000);
				drain(SOLVERS[name].solve(search, createStream(seed), ALL, points));
				return search.found.map(({ length, looked }) => [length, looked]);
			});
			expect(lengths[0]).toEqual(lengths[1]);
		}
	});

	test('a change that a solver has no place for changes nothing', () => {
		for (const name of SOLVER_NAMES) {
			for (const change of CHANGES) {
				if ((SOLVERS[name].takes as readonly string[]).includes(change)) continue;
				const run = (changes: Changes) => {
					const { search, points } = open('burma14', 20_000);
					drain(SOLVERS[name].solve(search, createStream(2), changes, points));
					return search.found.map(({ length, looked }) => [length, looked]);
				};
				expect(run({ ...NO_CHANGES, [change]: true }), `${name} ${change}`).toEqual(
					run(NO_CHANGES)
				);
			}
		}
	});

	test('and one that it has a place for does', () => {
		for (const name of SOLVER_NAMES) {
			for (const change of SOLVERS[name].takes) {
				const run = (changes: Changes) => {
					const { search, points } = open('eil51', 1_000_000);
					drain(SOLVERS[name].solve(search, createStream(2), changes, points));
					return search.found.map(({ length, looked }) => [length, looked]);
				};
				const base = { ...NO_CHANGES, cheapMoves: change !== 'cheapMoves' };
				expect(run({ ...base, [change]: true }), `${name} ${change}`).not.toEqual(run(base));
			}
		}
	});
});

test('what carries annealing on berlin52 with 300,000 look-ups: medians over 20 seeds', () => {
	const median = (changes: Changes) => {
		const excesses = Array.from({ length: 20 }, (_, i) => {
			const { search, points, optimum } = open('berlin52', 300_000);
			const stream = createStream(i + 1).split('annealing');
			drain(SOLVERS.annealing.solve(search, stream, changes, points));
			return 100 * (search.found.at(-1)!.length / optimum - 1);
		});
		return excesses.sort((a, b) => a - b)[10];
	};
	const original = median(NO_CHANGES);
	expect(original).toBeGreaterThan(180);
	expect(median({ ...NO_CHANGES, nearestStart: true })).toBeLessThan(16);
	expect(median({ ...NO_CHANGES, cheapMoves: true })).toBeLessThan(12);
	// the kicks and the cooling alone gain nothing
	expect(median({ ...NO_CHANGES, kicks: true })).toBeGreaterThan(0.95 * original);
	expect(median({ ...NO_CHANGES, ownRule: true })).toBeGreaterThan(0.95 * original);
	// and the start, which alone brings most, is not missed among the others
	expect(median(ALL)).toBe(0);
	expect(median({ ...ALL, nearestStart: false })).toBe(0);
}, 30_000);

describe('optima of TSPLIB', () => {
	test.each(Object.keys(tsplibInstances) as TsplibName[])(
		'%s is reached, and not beaten',
		(name) => {
			const { search, points, optimum } = open(name, 20_000_000);
			const solver = SOLVERS.twoOpt.solve(search, createStream(1), ALL, points);
			while (search.found.at(-1)?.length !== optimum && !solver.next().done);
			expect(search.found.at(-1)!.length).toBe(optimum);
			expect(
				tourLength(distanceMatrix(points, tsplibInstances[name].rule), search.found.at(-1)!.tour)
			).toBe(optimum);
		}
	);
});

describe('the race', () => {
	test('marks grow by equal factors from one tour to the budget', () => {
		expect(checkpoints(10, 1000, 3)).toEqual([10, 100, 1000]);
		expect(checkpoints(52, 10, 5)).toEqual([10]);
	});

	test('no lane goes on before all have come to the mark, and none looks up more than the budget', () => {
		const { points, rule } = tsplibInstances.burma14;
		const runners = SOLVER_NAMES.map((solver) => ({ solver, changes: ALL }));
		const marks = checkpoints(14, 5000, 10);
		for (const { lanes, mark } of race(
			distanceMatrix(points, rule),
			points,
			runners,
			5000,
			marks,
			createStream(3)
		)) {
			for (const { search, ended } of lanes) {
				expect(search.looked).toBeLessThanOrEqual(5000);
				if (!ended) expect(search.looked).toBeGreaterThanOrEqual(mark);
			}
		}
	});

	test('the best by a mark is the last that was found by then', () => {
		const search = openSearch(distanceMatrix(randomPoints(5, 1), 'REAL'), 10);
		expect(bestBy(search, 10)).toBeUndefined();
		search.distance(0, 1);
		search.offer([0, 1, 2, 3, 4], 9);
		search.distance(0, 1);
		search.offer([0, 1, 2, 3, 4], 8);
		expect(bestBy(search, 1)!.length).toBe(9);
		expect(bestBy(search, 5)!.length).toBe(8);
	});
});

test('bad options are named', () => {
	const search = () => openSearch(distanceMatrix(randomPoints(6, 1), 'REAL'), 100);
	const stream = createStream(1);
	const localSearch = { evaluation: 'delta', pick: 'first' } as const;
	const annealing = {
		start: 'random',
		kick: 'four-opt',
		localSearch,
		localSearchRate: 1,
		cooling: 'geometric',
		initialTemperature: 1,
		finalTemperature: 0.1,
		alpha: 0.9,
		temperatureIterations: 10
	} as const;
	expect(() =>
		simulatedAnnealing(search(), stream, { ...annealing, finalTemperature: 2 }).next()
	).toThrow('simulatedAnnealing: finalTemperature');
	expect(() => simulatedAnnealing(search(), stream, { ...annealing, alpha: 1 }).next()).toThrow(
		'alpha must be'
	);
	const genetic = {
		populationSize: 10,
		elite: 1,
		mutationRate: 0.1,
		nearestShare: 0,
		operators: 'order',
		localSearch
	} as const;
	expect(() =>
		geneticAlgorithm(search(), stream, { ...genetic, populationSize: 2 }).next()
	).toThrow('geneticAlgorithm: populationSize');
	expect(() => geneticAlgorithm(search(), stream, { ...genetic, elite: 10 }).next()).toThrow(
		'elite must be'
	);
	expect(() => geneticAlgorithm(search(), stream, { ...genetic, mutationRate: 2 }).next()).toThrow(
		'mutationRate'
	);
	const ants = {
		ants: 3,
		alpha: 1,
		beta: 2,
		q0: 0,
		decay: 0.1,
		update: 'original',
		localSearch
	} as const;
	expect(() => antColony(search(), stream, { ...ants, ants: 0 }).next()).toThrow('antColony: ants');
	expect(() => antColony(search(), stream, { ...ants, q0: 2 }).next()).toThrow('q0 must be');
	const tabu = {
		start: 'random',
		evaluation: 'delta',
		tenure: 5,
		reactive: false,
		kickAfter: 0
	} as const;
	expect(() => tabuSearch(search(), stream, { ...tabu, tenure: -1 }).next()).toThrow(
		'tabuSearch: tenure'
	);
});
