import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { christofides } from '../../../src/kernels/routing/christofides';
import { convexHull } from '../../../src/kernels/routing/convexHull';
import { distanceMatrix } from '../../../src/kernels/routing/distanceMatrix';
import { greedyEdges } from '../../../src/kernels/routing/greedyEdges';
import { heldKarp } from '../../../src/kernels/routing/heldKarp';
import { hullInsertion } from '../../../src/kernels/routing/hullInsertion';
import { nearestNeighbour } from '../../../src/kernels/routing/nearestNeighbour';
import { neighbourLists } from '../../../src/kernels/routing/neighbourLists';
import { perfectMatching } from '../../../src/kernels/routing/perfectMatching';
import { BudgetSpent, lookUpLength, openSearch } from '../../../src/kernels/routing/search';
import { spanningTree } from '../../../src/kernels/routing/spanningTree';
import { tourLength } from '../../../src/kernels/routing/tourLength';
import { twoOpt } from '../../../src/kernels/routing/twoOpt';
import { endless, finish, planePoints, randomPoints, references, section, toys } from './instances';

const relative = (got: number, want: number) => Math.abs(got - want) / Math.abs(want || 1);

describe('against TSPLIB’s instances', () => {
	test.each(references)('$name', ({ distances, outputs }) => {
		const { size } = distances;
		const search = endless(distances);
		const tour = nearestNeighbour(search, 0);
		expect(search.looked).toBe((size * (size - 1)) / 2);
		expect(tour).toEqual(outputs.nearest_neighbour_from_0_tour);
		expect(tourLength(distances, tour)).toBe(outputs.nearest_neighbour_from_0_length);
		const all = Array.from({ length: size }, (_, start) =>
			tourLength(distances, nearestNeighbour(search, start))
		);
		expect(Math.min(...all)).toBe(outputs.nearest_neighbour_best_start_length);
		expect(Math.max(...all)).toBe(outputs.nearest_neighbour_worst_start_length);

		// The reference looks at the edge from the first city first, here the edge to it: one place on, and of
		// equally good moves the same is made.
		const turned = [...tour.slice(1), tour[0]];
		const improved = finish(
			twoOpt(search, turned, lookUpLength(search, turned), { evaluation: 'delta', pick: 'best' })
		);
		expect(improved).toBe(tourLength(distances, turned));
		expect(improved).toBe(outputs.two_opt_best_improvement_from_nn0_length);

		// Ties between trees, matchings and walks give other tours than networkx: the bound is what must hold.
		const built = tourLength(distances, christofides(endless(distances)));
		expect(built).toBeGreaterThanOrEqual(outputs.published_optimum!);
		expect(built).toBeLessThanOrEqual(1.5 * outputs.published_optimum!);
		expect(relative(built, outputs.christofides_networkx_length!)).toBeLessThan(0.12);

		if (outputs.held_karp_exact !== null) {
			const exact = heldKarp(distances);
			expect(exact.length).toBe(outputs.held_karp_exact);
			expect(tourLength(distances, exact.tour)).toBe(exact.length);
		}
	});
});

describe('small real instances, by brute force', () => {
	const { cases, tolerance } = toys;
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { coords } = inputs;
		const distances = distanceMatrix(coords.flat(), 'REAL');
		const near = (got: number, value: number) =>
			expect(Math.abs(got - value)).toBeLessThanOrEqual(
				tolerance.atol + tolerance.rtol * Math.abs(value)
			);
		near(heldKarp(distances).length, outputs['optimal_length(brute force)']);
		const tour = nearestNeighbour(endless(distances), 0);
		expect(tour).toEqual(outputs.nearest_neighbour_tour);
		near(tourLength(distances, tour), outputs.nearest_neighbour_from_0_length);
	});
});

test('Held and Karp’s program equals all permutations', () => {
	const permutations = (items: number[]): number[][] =>
		items.length === 0
			? [[]]
			: items.flatMap((item) =>
					permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest])
				);
	for (let n = 2; n <= 8; n++) {
		const distances = distanceMatrix(randomPoints(n, n), 'REAL');
		const orders = permutations(Array.from({ length: n - 1 }, (_, i) => i + 1));
		const shortest = Math.min(...orders.map((order) => tourLength(distances, [0, ...order])));
		// sums of eight lengths in another order
		expect(heldKarp(distances).length).toBeCloseTo(shortest, 12);
	}
});

describe('cheapest perfect matching', () => {
	const { cases, tolerance } = section<{ n: number; upper: number[] }, { total: number }>(
		'perfect_matching'
	);
	const costsOf = (n: number, upper: readonly number[]) => {
		const rows = Array.from({ length: n }, () => new Array<number>(n).fill(0));
		let k = 0;
		for (let i = 0; i < n; i++)
			for (let j = i + 1; j < n; j++) rows[i][j] = rows[j][i] = upper[k++];
		return rows;
	};
	test.each(cases)('networkx: $name', ({ inputs, outputs }) => {
		const { n, upper } = inputs;
		const costs = costsOf(n, upper);
		const pairs = perfectMatching(n, (i, j) => costs[i][j]);
		expect(new Set(pairs.flat()).size).toBe(n);
		const total = pairs.reduce((sum, [i, j]) => sum + costs[i][j], 0);
		const want = outputs.total;
		expect(Math.abs(total - want)).toBeLessThanOrEqual(tolerance.rtol * want);
	});

	test('a dynamic program over sets finds none cheaper, also with many ties and zeros', () => {
		const cheapest = (n: number, costs: number[][]) => {
			const best = new Float64Array(1 << n).fill(Infinity);
			best[0] = 0;
			for (let set = 0; set < (1 << n) - 1; set++) {
				const i = [...Array(n).keys()].find((point) => !(set & (1 << point)))!;
				for (let j = i + 1; j < n; j++) {
					if (set & (1 << j)) continue;
					const next = set | (1 << i) | (1 << j);
					best[next] = Math.min(best[next], best[set] + costs[i][j]);
				}
			}
			return best[(1 << n) - 1];
		};
		const instance = fc.integer({ min: 1, max: 6 }).chain((half) =>
			fc
				.array(fc.oneof(fc.nat(4), fc.nat(1000)), {
					minLength: half * (2 * half - 1),
					maxLength: half * (2 * half - 1)
				})
				.map((upper) => ({ n: 2 * half, costs: costsOf(2 * half, upper) }))
		);
		fc.assert(
			fc.property(instance, ({ n, costs }) => {
				const pairs = perfectMatching(n, (i, j) => costs[i][j]);
				expect(new Set(pairs.flat()).size).toBe(n);
				expect(pairs.reduce((sum, [i, j]) => sum + costs[i][j], 0)).toBe(cheapest(n, costs));
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('no points, one line, bad input', () => {
		expect(perfectMatching(0, () => 1)).toEqual([]);
		expect(perfectMatching(4, (i, j) => Math.abs(i - j))).toEqual([
			[0, 1],
			[2, 3]
		]);
		expect(() => perfectMatching(3, () => 1)).toThrow('n must be an even integer');
		expect(() => perfectMatching(2, () => NaN)).toThrow('cost must be finite');
		expect(perfectMatching(4, () => 0)).toHaveLength(2);
	});
});

describe('convex hull', () => {
	const { cases, tolerance } = section<{ points: number[][] }, Record<string, number>>(
		'two_opt_and_convex_hull'
	);
	test.each(cases)('insertion as in the original: $name', ({ inputs, outputs }) => {
		const { points } = inputs;
		const distances = distanceMatrix(points.flat(), 'REAL');
		const search = endless(distances);
		const tour = finish(hullInsertion(search, points.flat()));
		const length = tourLength(distances, tour);
		expect(relative(length, outputs.hull_insertion_length)).toBeLessThan(tolerance.rtol);
		const improved = finish(twoOpt(search, tour, length, { evaluation: 'full', pick: 'best' }));
		expect(relative(improved, outputs.hull_insertion_then_two_opt_length)).toBeLessThan(
			tolerance.rtol
		);
	});

	test('corners only, and what to do with few or flat points', () => {
		expect(convexHull([0, 0, 1, 0, 1, 1, 0, 1, 0.5, 0.5, 0.5, 0])).toEqual([0, 1, 2, 3]);
		expect(convexHull([3, 3])).toEqual([0]);
		expect(convexHull([3, 3, 3, 3])).toEqual([0]);
		expect(convexHull([0, 0, 2, 2, 1, 1]).sort()).toEqual([0, 1]);
	});

	test('all points lie inside, and every corner is needed', () => {
		fc.assert(
			fc.property(planePoints(3, 30, 40), (points) => {
				const hull = convexHull(points);
				const cross = (a: number, b: number, c: number) =>
					(points[2 * b] - points[2 * a]) * (points[2 * c + 1] - points[2 * a + 1]) -
					(points[2 * b + 1] - points[2 * a + 1]) * (points[2 * c] - points[2 * a]);
				if (hull.length < 3) return;
				hull.forEach((a, i) => {
					const b = hull[(i + 1) % hull.length];
					for (let c = 0; c < points.length / 2; c++) {
						expect(cross(a, b, c)).toBeGreaterThanOrEqual(0);
					}
					expect(cross(a, b, hull[(i + 2) % hull.length])).toBeGreaterThan(0);
				});
			}),
			{ seed: 1, numRuns: 100 }
		);
	});
});

test('tree, optimum and Christofides keep their order: W ≤ opt ≤ Christofides ≤ 1.5 opt, opt ≤ 2W', () => {
	fc.assert(
		fc.property(planePoints(3, 11), (points) => {
			const distances = distanceMatrix(points, 'REAL');
			const { weight, edges } = spanningTree(endless(distances));
			const optimum = heldKarp(distances).length;
			const built = tourLength(distances, christofides(endless(distances)));
			// lengths up to 1e4 in float64
			const rounding = 1e-6;
			expect(edges).toHaveLength(distances.size - 1);
			expect(weight).toBeLessThanOrEqual(optimum + rounding);
			expect(optimum).toBeLessThanOrEqual(2 * weight + rounding);
			expect(built).toBeGreaterThanOrEqual(optimum - rounding);
			expect(built).toBeLessThanOrEqual(1.5 * optimum + rounding);
		}),
		{ seed: 1, numRuns: 80 }
	);
});

test('every construction visits every city once, whatever the points', () => {
	fc.assert(
		fc.property(planePoints(1, 24, 8), (points) => {
			const distances = distanceMatrix(points, 'EUC_2D');
			const n = distances.size;
			const search = endless(distances);
			for (const tour of [
				nearestNeighbour(search, n - 1),
				greedyEdges(search),
				christofides(search),
				finish(hullInsertion(search, points))
			]) {
				expect([...tour].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
			}
		}),
		{ seed: 1, numRuns: 150 }
	);
});

test('greedy edges: the line, and never an edge that a shorter free one could replace', () => {
	const line = distanceMatrix([0, 0, 1, 0, 2, 0, 5, 0], 'REAL');
	expect(tourLength(line, greedyEdges(endless(line)))).toBe(10);
	const distances = distanceMatrix(randomPoints(30, 5), 'REAL');
	const tour = greedyEdges(endless(distances));
	const shortest = Math.min(...distances.values.filter((d) => d > 0));
	const edges = tour.map((city, i) => distances.values[city * 30 + tour[(i + 1) % 30]]);
	expect(edges).toContain(shortest);
});

test('neighbour lists are sorted and leave out the city itself', () => {
	const distances = distanceMatrix(randomPoints(20, 3), 'REAL');
	const search = endless(distances);
	const lists = neighbourLists(search, 6);
	expect(search.looked).toBe(190);
	lists.forEach((list, city) => {
		expect(list).toHaveLength(6);
		expect(list).not.toContain(city);
		const far = [...list].map((other) => distances.values[city * 20 + other]);
		expect(far).toEqual([...far].sort((a, b) => a - b));
		const closer = distances.values
			.subarray(city * 20, city * 20 + 20)
			.filter((d) => d < far[5]).length;
		expect(closer).toBe(6); // itself and the five before the last
	});
	expect(() => neighbourLists(search, 0)).toThrow('count must be');
});

test('a search counts, stops at its budget and keeps only what is shorter', () => {
	const search = openSearch(distanceMatrix([0, 0, 3, 4], 'REAL'), 3);
	expect(lookUpLength(search, [0, 1])).toBe(10);
	search.offer([0, 1], 10);
	search.offer([1, 0], 10);
	search.offer([1, 0], 9);
	expect(search.found.map(({ looked, length }) => [looked, length])).toEqual([
		[2, 10],
		[2, 9]
	]);
	expect(search.distance(0, 1)).toBe(5);
	expect(() => search.distance(0, 1)).toThrow(BudgetSpent);
	expect(search.looked).toBe(3);
	expect(() => openSearch(distanceMatrix([0, 0], 'REAL'), 0)).toThrow('budget must be');
});

test('bad starts are named', () => {
	const search = endless(distanceMatrix([0, 0, 3, 4], 'REAL'));
	expect(() => nearestNeighbour(search, 2)).toThrow(
		'nearestNeighbour: start must be a city in 0 … 1'
	);
	expect(() => heldKarp({ size: 18, values: new Float64Array(324) })).toThrow('got 18');
});
