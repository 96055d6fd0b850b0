import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceMatrix, symmetricMatrix } from '../../../src/kernels/routing/distanceMatrix';
import { readTsplib } from '../../../src/kernels/routing/readTsplib';
import { tourLength } from '../../../src/kernels/routing/tourLength';
import { tsplibDistance } from '../../../src/kernels/routing/tsplibDistance';
import { tsplibInstances } from '../../../src/kernels/routing/tsplibInstances';
import { references, toys } from './instances';

describe('distances by the rules of TSPLIB', () => {
	test.each(references)('$name', ({ inputs, distances, shortest, outputs }) => {
		const { size, values } = distances;
		const sample = [values[1], values[2], values[size + 2]];
		expect(sample).toEqual(inputs['distance_sample M[0][1],M[0][2],M[1][2]']);
		const inOrder = Array.from({ length: size }, (_, city) => city);
		expect(tourLength(distances, inOrder)).toBe(outputs.identity_tour_length);
		expect(tourLength(distances, shortest)).toBe(outputs.published_optimum);
	});

	test('TSPLIB 95 gives the length of the tour in order of some files', () => {
		const inOrder = ({ points, rule }: { points: readonly number[]; rule: 'EUC_2D' | 'ATT' }) =>
			tourLength(
				distanceMatrix(points, rule),
				Array.from({ length: points.length / 2 }, (_, city) => city)
			);
		expect(inOrder(tsplibInstances.att48)).toBe(49840);
		expect(inOrder(tsplibInstances.berlin52)).toBe(22205);
	});

	test('rounding: half up, up, and up where the nearest is too small', () => {
		expect(tsplibDistance('EUC_2D', 0, 0, 1, 1)).toBe(1);
		expect(tsplibDistance('EUC_2D', 0, 0, 1.5, 0)).toBe(2);
		expect(tsplibDistance('EUC_2D', 0, 0, 2.5, 0)).toBe(3);
		expect(tsplibDistance('CEIL_2D', 0, 0, 1, 1)).toBe(2);
		expect(tsplibDistance('CEIL_2D', 0, 0, 3, 4)).toBe(5);
		expect(tsplibDistance('ATT', 0, 0, 10, 0)).toBe(4); // √10 = 3.16, nearest 3 is below it
		expect(tsplibDistance('ATT', 0, 0, 30, 10)).toBe(10); // √100, exact
		expect(tsplibDistance('REAL', 0, 0, 1, 1)).toBe(Math.SQRT2);
	});

	test('GEO reads degrees and minutes, cut off towards 0', () => {
		// one degree of longitude on the equator: R·π/180 = 111.32…, cut, and 1 added before the cut
		expect(tsplibDistance('GEO', 0, 0, 0, 1)).toBe(112);
		// .30 is half a degree
		expect(tsplibDistance('GEO', 0, 0, 0, 0.3)).toBe(56);
		expect(tsplibDistance('GEO', 0, 0, 0, -0.3)).toBe(56);
		expect(tsplibDistance('GEO', 12.34, -56.07, 12.34, -56.07)).toBe(1);
	});

	test('the rules order as they must: REAL ≤ CEIL, |EUC − REAL| ≤ ½, ATT ≥ REAL/√10', () => {
		const coordinate = fc.integer({ min: -1e6, max: 1e6 }).map((steps) => steps / 100);
		fc.assert(
			fc.property(coordinate, coordinate, coordinate, coordinate, (...place) => {
				const real = tsplibDistance('REAL', ...place);
				const near = (x: number) => x * 1e-12;
				expect(tsplibDistance('CEIL_2D', ...place)).toBeGreaterThanOrEqual(real);
				expect(tsplibDistance('CEIL_2D', ...place) - real).toBeLessThanOrEqual(1);
				expect(Math.abs(tsplibDistance('EUC_2D', ...place) - real)).toBeLessThanOrEqual(
					0.5 + near(real)
				);
				const att = tsplibDistance('ATT', ...place);
				expect(att).toBeGreaterThanOrEqual(real / Math.sqrt(10) - near(real));
				expect(att - real / Math.sqrt(10)).toBeLessThanOrEqual(1 + near(real));
			}),
			{ seed: 1, numRuns: 300 }
		);
	});
});

test('the instances of the page are those of the reference, rat99 apart', () => {
	for (const [name, { rule, optimum, points }] of Object.entries(tsplibInstances)) {
		const reference = references.find((other) => other.name === name);
		if (name === 'rat99') {
			expect(points).toHaveLength(198);
			continue; // its optimum is reached in solvers.test.ts
		}
		expect(points).toEqual(reference!.inputs.coords!.flat());
		expect(rule).toBe(reference!.inputs.edge_weight_type);
		expect(optimum).toBe(reference!.outputs.published_optimum);
	}
});

describe('lengths of small real tours', () => {
	const { rtol, atol } = toys.tolerance;
	test.each(toys.cases)('$name', ({ inputs, outputs }) => {
		const { coords } = inputs;
		const distances = distanceMatrix(coords.flat(), 'REAL');
		const inOrder = coords.map((_, city) => city);
		const want = outputs.identity_length;
		expect(Math.abs(tourLength(distances, inOrder) - want)).toBeLessThanOrEqual(atol + rtol * want);
	});
});

test('a matrix is refused unless it is symmetric, finite and not negative', () => {
	expect(() =>
		symmetricMatrix([
			[0, 1],
			[2, 0]
		])
	).toThrow('symmetricMatrix: the distance from 0 to 1');
	expect(() =>
		symmetricMatrix([
			[0, -1],
			[-1, 0]
		])
	).toThrow('at least 0');
	expect(() => symmetricMatrix([[0, 1]])).toThrow('row 0 must have 1 numbers');
	expect(() => distanceMatrix([1, 2, 3], 'REAL')).toThrow('distanceMatrix: points');
	expect(() => distanceMatrix([1, NaN], 'REAL')).toThrow('points[1] must be finite');
	const two = distanceMatrix([0, 0, 3, 4], 'REAL');
	expect(() => tourLength(two, [0, 0])).toThrow('tour[1] must be a city not yet visited');
	expect(() => tourLength(two, [0])).toThrow('must have as many stops');
	expect(() => tourLength(two, [0, 2])).toThrow('tour[1]');
});

describe('reading a file', () => {
	const header = 'NAME : a\nTYPE : TSP\nCOMMENT : three: in all\nDIMENSION : 3\n';
	const cities = 'NODE_COORD_SECTION\n1 0 0\n2 3.5e1 4\n3 -1 +.5\nEOF\n';

	test('entries in any spelling of the colon, numbers in any notation, Windows line ends', () => {
		const want = { points: [0, 0, 35, 4, -1, 0.5], name: 'a', rule: 'ATT' };
		expect(readTsplib(`${header}EDGE_WEIGHT_TYPE:ATT\n${cities}`)).toEqual(want);
		expect(
			readTsplib(`${header}EDGE_WEIGHT_TYPE  :  att\n${cities}`.replaceAll('\n', '\r\n'))
		).toEqual(want);
	});

	test('every instance of the page, written as a file, is read back', () => {
		for (const [name, { rule, points }] of Object.entries(tsplibInstances)) {
			const rows = Array.from(
				{ length: points.length / 2 },
				(_, i) => ` ${i + 1}   ${points[2 * i]} ${points[2 * i + 1].toExponential()}`
			);
			const file = `NAME: ${name}\nTYPE: TSP\nDIMENSION: ${rows.length}\nEDGE_WEIGHT_TYPE: ${rule}\nNODE_COORD_SECTION\n${rows.join('\n')}\nEOF`;
			expect(readTsplib(file)).toEqual({ points: [...points], name, rule });
		}
	});

	test('plain lines of two or three numbers', () => {
		expect(readTsplib('1 2\n\n3, 4\n5;6')).toEqual({ points: [1, 2, 3, 4, 5, 6] });
		expect(readTsplib('1 10 20\n2 30 40')).toEqual({ points: [10, 20, 30, 40] });
		expect(readTsplib('')).toEqual({ points: [] });
	});

	test.each([
		['1 2\nx y', 2, 'expected x and y'],
		['1 2\n3', 2, 'expected x and y'],
		['1 2 3 4', 1, 'expected x and y'],
		['1 1e999', 1, 'expected x and y'],
		['1 0x10', 1, 'expected x and y'],
		[header.replace('3', 'three') + cities, 4, 'DIMENSION must be a whole number'],
		[header.replace('3', '4') + cities, 4, 'DIMENSION says 4, but there are 3'],
		[header.replace('TSP', 'ATSP') + cities, 2, 'TYPE is ATSP'],
		[`${header}EDGE_WEIGHT_TYPE : EXPLICIT\n${cities}`, 5, 'EDGE_WEIGHT_TYPE EXPLICIT'],
		[`${header}EDGE_WEIGHT_TYPE : REAL\n${cities}`, 5, 'EDGE_WEIGHT_TYPE REAL'],
		[header + cities.replace('3.5e1', 'abc'), 7, 'expected a city'],
		[header + cities.replace('2 3.5e1 4', '2 3.5e1'), 7, 'expected a city'],
		[header + cities.replace('\n2 ', '\n1 '), 7, 'there is a city 1 already'],
		[`${header}12 13\n${cities}`, 5, 'expected an entry'],
		['NAME : a\nEOF', 2, 'ends without cities']
	])('what is wrong comes with its line: %#', (text, line, wrong) => {
		const reading = readTsplib(text);
		expect(reading).toMatchObject({ line });
		expect((reading as { wrong: string }).wrong).toContain(wrong);
		expect((reading as { wrong: string }).wrong).toMatch(/\.$/);
	});

	test('any text gives points or a line of the text, and never throws', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
				const reading = readTsplib(text);
				if ('points' in reading) {
					expect(reading.points.length % 2).toBe(0);
					expect(reading.points.every(Number.isFinite)).toBe(true);
				} else {
					expect(reading.line).toBeGreaterThan(0);
					expect(reading.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length);
				}
			}),
			{ seed: 1, numRuns: 500 }
		);
	});
});
