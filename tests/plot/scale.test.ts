import { scaleLinear, scaleLog } from 'd3-scale';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScale } from '../../src/plot/scale';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
/** Both sides round in float64; places go up to some 1e5. */
const DIGITS = 5;

describe('createScale', () => {
	it('places values where d3-scale does', () => {
		fc.assert(
			fc.property(finite, positive, finite, (low, span, value) => {
				const domain: [number, number] = [low, low + span];
				const d3 = scaleLinear(domain, [60, 600])(value);
				fc.pre(Math.abs(d3) < 9e4);
				const scale = createScale({ label: 'x', domain }, 60, 600);
				expect(scale(value)).toBeCloseTo(d3, DIGITS);
			}),
			{ seed: 1, numRuns: 300 }
		);
		fc.assert(
			fc.property(positive, positive, (low, value) => {
				const domain: [number, number] = [low, low * 50];
				const scale = createScale({ label: 'x', domain, scale: 'log' }, 300, 20);
				expect(scale(value)).toBeCloseTo(scaleLog(domain, [300, 20])(value), DIGITS);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	it('leads back from a place to its value', () => {
		const linear = createScale({ label: 'x', domain: [-3, 5] }, 60, 600);
		const log = createScale({ label: 'x', domain: [1e-5, 10], scale: 'log' }, 60, 600);
		const band = createScale({ label: 'x', scale: 'band', categories: ['a', 'b', 'c'] }, 60, 600);
		expect(linear.invert(linear(1.25))).toBeCloseTo(1.25, 12);
		expect(log.invert(log(3e-4)) / 3e-4).toBeCloseTo(1, 12);
		expect([0, 1, 2].map((i) => band.invert(band(i) + 40))).toEqual([0, 1, 2]);
		expect([band.invert(-1e4), band.invert(1e4)]).toEqual([0, 2]);
	});

	it('gives a band scale one place a whole number', () => {
		const band = createScale({ label: 'x', scale: 'band', domain: [1, 4] }, 0, 400);
		expect([1, 2, 3, 4].map(band)).toEqual([50, 150, 250, 350]);
		expect(band.bandwidth).toBe(80);
		expect(createScale({ label: 'x', scale: 'band', domain: [3, 3] }, 0, 400)(3)).toBe(200);
		expect(createScale({ label: 'x', scale: 'band', categories: [] }, 0, 400)(0)).toBe(200);
	});

	it('has no place for what is not a finite value of the scale', () => {
		const linear = createScale({ label: 'x', domain: [0, 1] }, 0, 100);
		const log = createScale({ label: 'x', domain: [1, 10], scale: 'log' }, 0, 100);
		for (const value of [NaN, Infinity, -Infinity]) expect(linear(value)).toBeNaN();
		for (const value of [NaN, Infinity, 0, -1]) expect(log(value)).toBeNaN();
	});

	it('makes do with any domain', () => {
		const anything = fc.double();
		fc.assert(
			fc.property(
				anything,
				anything,
				fc.constantFrom('linear' as const, 'log' as const, 'band' as const),
				fc.boolean(),
				finite,
				(low, high, scale, nice, value) => {
					const made = createScale({ label: 'x', domain: [low, high], scale, nice }, 60, 600);
					expect(made.domain.every(Number.isFinite)).toBe(true);
					expect(Math.abs(made(made.domain[0]))).toBeLessThanOrEqual(1e5);
					const place = made(value);
					expect(Number.isNaN(place) || Math.abs(place) <= 1e5).toBe(true);
				}
			),
			{ seed: 1, numRuns: 1000 }
		);
	});

	it('widens to round numbers where asked', () => {
		const nice = (domain: [number, number], scale: 'linear' | 'log') =>
			createScale({ label: 'x', domain, scale, nice: true }, 0, 1).domain;
		expect(nice([0.13, 0.87], 'linear')).toEqual([0, 1]);
		expect(nice([0.02, 70], 'log')).toEqual([0.01, 100]);
		expect(nice([70, 0.02], 'log')).toEqual([100, 0.01]);
	});
});
