import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shuffle } from '../../../src/kernels/core/shuffle';
import { createStream } from '../../../src/kernels/core/stream';
import { distanceMatrix } from '../../../src/kernels/routing/distanceMatrix';
import { doubleBridge, fourOptKick } from '../../../src/kernels/routing/kicks';
import { neighbourLists } from '../../../src/kernels/routing/neighbourLists';
import { orOpt } from '../../../src/kernels/routing/orOpt';
import { lookUpLength, openSearch } from '../../../src/kernels/routing/search';
import { tourLength } from '../../../src/kernels/routing/tourLength';
import { reverse, twoOpt, twoOptDelta } from '../../../src/kernels/routing/twoOpt';
import { endless, finish, planePoints, randomPoints, section } from './instances';

/** The same closed tour from city 0 on, towards its neighbour of lower number. */
const fromFirst = (tour: readonly number[]) => {
	const at = tour.indexOf(0);
	const around = [...tour.slice(at), ...tour.slice(0, at)];
	return around[1] < around[around.length - 1] ? around : [0, ...around.slice(1).reverse()];
};

const inOrder = (n: number) => Array.from({ length: n }, (_, city) => city);

describe('2-opt as in the originals', () => {
	const { cases, tolerance } = section<
		{ points: number[][]; start: number[] },
		{ two_opt_tour: number[]; two_opt_length: number }
	>('two_opt_and_convex_hull');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { points, start } = inputs;
		const distances = distanceMatrix(points.flat(), 'REAL');
		for (const evaluation of ['full', 'delta'] as const) {
			const tour = [...start];
			const search = endless(distances);
			const length = finish(
				twoOpt(search, tour, tourLength(distances, tour), { evaluation, pick: 'best' })
			);
			expect(Math.abs(length - outputs.two_opt_length)).toBeLessThan(
				tolerance.rtol * outputs.two_opt_length
			);
			// of a move and the same move turned round, equally long to the last bit or not, either may be made
			expect(fromFirst(tour)).toEqual(fromFirst(outputs.two_opt_tour));
		}
	});

	test('a pass costs n look-ups a stretch when the whole tour is added up, four when edges are compared', () => {
		const n = 12;
		const distances = distanceMatrix(randomPoints(n, 1), 'REAL');
		const tour = inOrder(n);
		finish(
			twoOpt(endless(distances), tour, tourLength(distances, tour), {
				evaluation: 'delta',
				pick: 'best'
			})
		);
		const looked = (evaluation: 'full' | 'delta') => {
			const search = endless(distances);
			finish(twoOpt(search, tour, tourLength(distances, tour), { evaluation, pick: 'best' }));
			return search.looked;
		};
		const stretches = (n * (n - 1)) / 2;
		expect(looked('full')).toBe(stretches * n);
		// of the stretches, n + … join edges that already touch and are settled without a look
		expect(looked('delta')).toBeGreaterThan(4 * (stretches - 2 * n));
		expect(looked('delta')).toBeLessThanOrEqual(4 * stretches);
	});
});

test('the square in crossing order: 2 + 2√2, one move, 4', () => {
	const distances = distanceMatrix([0, 0, 1, 1, 1, 0, 0, 1], 'REAL');
	const search = endless(distances);
	const tour = inOrder(4);
	expect(lookUpLength(search, tour)).toBeCloseTo(2 + 2 * Math.SQRT2, 15);
	expect(twoOptDelta(search, tour, 1, 2)).toBeCloseTo(2 - 2 * Math.SQRT2, 15);
	expect(
		finish(twoOpt(search, tour, 2 + 2 * Math.SQRT2, { evaluation: 'delta', pick: 'best' }))
	).toBeCloseTo(4, 14);
});

test('what a move adds by four look-ups is what adding up again gives, for every move', () => {
	fc.assert(
		fc.property(planePoints(3, 14), fc.nat(), (points, seed) => {
			const distances = distanceMatrix(points, 'REAL');
			const tour = shuffle(createStream(seed), inOrder(distances.size));
			const before = tourLength(distances, tour);
			for (let i = 0; i < tour.length; i++) {
				for (let j = i; j < tour.length; j++) {
					const turned = [...tour];
					reverse(turned, i, j);
					const delta = twoOptDelta(endless(distances), tour, i, j);
					// lengths up to 2e4
					expect(delta).toBeCloseTo(tourLength(distances, turned) - before, 8);
				}
			}
		}),
		{ seed: 1, numRuns: 40 }
	);
});

describe('local optima', () => {
	const crossings = (points: readonly number[], tour: readonly number[]) => {
		const side = (a: number, b: number, c: number) =>
			(points[2 * b] - points[2 * a]) * (points[2 * c + 1] - points[2 * a + 1]) -
			(points[2 * b + 1] - points[2 * a + 1]) * (points[2 * c] - points[2 * a]);
		let count = 0;
		for (let i = 0; i < tour.length; i++) {
			for (let j = i + 1; j < tour.length; j++) {
				const [a, b] = [tour[i], tour[(i + 1) % tour.length]];
				const [c, d] = [tour[j], tour[(j + 1) % tour.length]];
				if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) count++;
			}
		}
		return count;
	};

	test('2-opt ends without crossings, shorter than it began, and at the length it says', () => {
		fc.assert(
			fc.property(planePoints(4, 30), fc.nat(), (points, seed) => {
				const distances = distanceMatrix(points, 'REAL');
				const tour = shuffle(createStream(seed), inOrder(distances.size));
				const before = tourLength(distances, tour);
				for (const pick of ['best', 'first'] as const) {
					const end = [...tour];
					const length = finish(
						twoOpt(endless(distances), end, before, { evaluation: 'delta', pick })
					);
					expect(length).toBeCloseTo(tourLength(distances, end), 6);
					expect(length).toBeLessThanOrEqual(before + 1e-6);
					expect(crossings(points, end)).toBe(0);
				}
			}),
			{ seed: 1, numRuns: 60 }
		);
	});

	test('with lists of all other cities the optimum is one for all moves as well', () => {
		for (let seed = 1; seed <= 10; seed++) {
			const distances = distanceMatrix(randomPoints(25, seed), 'REAL');
			const search = endless(distances);
			const tour = shuffle(createStream(seed), inOrder(25));
			const neighbours = neighbourLists(search, 24);
			const length = finish(
				twoOpt(search, tour, tourLength(distances, tour), {
					evaluation: 'delta',
					pick: 'first',
					neighbours
				})
			);
			expect(length).toBeCloseTo(tourLength(distances, tour), 9);
			const again = [...tour];
			finish(twoOpt(search, again, length, { evaluation: 'delta', pick: 'best' }));
			expect(again).toEqual(tour);
		}
	});

	test('no shift of one to three cities shortens what Or-opt returns', () => {
		fc.assert(
			fc.property(planePoints(4, 12), (points) => {
				const distances = distanceMatrix(points, 'REAL');
				const n = distances.size;
				const tour = inOrder(n);
				const before = tourLength(distances, tour);
				const length = finish(orOpt(endless(distances), tour, before));
				expect(length).toBeCloseTo(tourLength(distances, tour), 7);
				expect(length).toBeLessThanOrEqual(before + 1e-7);
				for (let i = 0; i < n; i++) {
					for (let size = 1; size <= Math.min(3, n - 3); size++) {
						const around = [...tour.slice(i), ...tour.slice(0, i)];
						const [stretch, rest] = [around.slice(0, size), around.slice(size)];
						for (let k = 1; k < rest.length; k++) {
							for (const put of [stretch, [...stretch].reverse()]) {
								const other = [...rest.slice(0, k), ...put, ...rest.slice(k)];
								expect(tourLength(distances, other)).toBeGreaterThan(length - 1e-5);
							}
						}
					}
				}
			}),
			{ seed: 1, numRuns: 40 }
		);
	});
});

test('a search that runs out of look-ups keeps the best tour so far', () => {
	const distances = distanceMatrix(randomPoints(20, 2), 'REAL');
	const tour = inOrder(20);
	const search = openSearch(distances, 3000);
	const run = twoOpt(search, tour, lookUpLength(search, tour), {
		evaluation: 'full',
		pick: 'first'
	});
	expect(() => finish(run)).toThrow('budget');
	expect(search.looked).toBe(3000);
	for (const { length, tour: found } of search.found) {
		expect(tourLength(distances, found)).toBeCloseTo(length, 9);
	}
	expect(search.found.length).toBeGreaterThan(0);
});

describe('kicks', () => {
	const edges = (tour: readonly number[]) =>
		new Set(
			tour.map((city, i) => [city, tour[(i + 1) % tour.length]].sort((a, b) => a - b).join())
		);

	test('a double bridge changes four edges at most and keeps the direction of every stretch', () => {
		fc.assert(
			fc.property(fc.integer({ min: 8, max: 40 }), fc.nat(), (n, seed) => {
				const tour = inOrder(n);
				const kicked = doubleBridge(tour, createStream(seed));
				expect([...kicked].sort((a, b) => a - b)).toEqual(tour);
				const kept = [...edges(tour)].filter((edge) => edges(kicked).has(edge));
				expect(kept.length).toBeGreaterThanOrEqual(n - 4);
				expect(kicked).not.toEqual(tour);
				// every stretch still runs upwards: A C B D has two descents at most, and one where it closes
				const descents = kicked.filter((city, i) => city > (kicked[i + 1] ?? Infinity)).length;
				expect(descents).toBeLessThanOrEqual(2);
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	test('the kick of the original is one of its 25 orders: a permutation, four edges at most', () => {
		const orders = new Set<string>();
		for (let seed = 0; seed < 3000; seed++) {
			const kicked = fourOptKick(inOrder(9), createStream(seed));
			expect([...kicked].sort((a, b) => a - b)).toEqual(inOrder(9));
			const kept = [...edges(inOrder(9))].filter((edge) => edges(kicked).has(edge));
			expect(kept.length).toBeGreaterThanOrEqual(9 - 4);
			orders.add(kicked.join());
		}
		expect(orders.size).toBeGreaterThan(25);
	});

	test('fewer than four cities cannot be kicked', () => {
		expect(() => doubleBridge([0, 1, 2], createStream(1))).toThrow('doubleBridge: tour must have');
		expect(() => fourOptKick([0, 1, 2], createStream(1))).toThrow('fourOptKick: tour must have');
	});
});
