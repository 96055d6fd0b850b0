import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	fromLogPlace,
	LOG_PLACES,
	nextStep,
	snap,
	toLogPlace,
	type Steps
} from '../../src/ui/snap';

/** Steps as specs write them: decimal numbers, the range not always whole steps wide. */
const steps = fc
	.record({
		min: fc.integer({ min: -2000, max: 2000 }),
		width: fc.integer({ min: 1, max: 4000 }),
		step: fc.integer({ min: 1, max: 500 }),
		unit: fc.constantFrom(1, 10, 1000, 1e6)
	})
	.map(({ min, width, step, unit }): Steps => {
		const fit = Math.min(step, width);
		return { min: min / unit, max: (min + width) / unit, step: fit / unit };
	});

const logSteps = fc
	.record({
		exponent: fc.integer({ min: -9, max: 2 }),
		factor: fc.double({ min: 1.5, max: 1e9, noNaN: true })
	})
	.map(({ exponent, factor }): Steps => {
		const min = Number(`1e${exponent}`);
		return { min, max: Number((min * factor).toPrecision(3)), step: min, scale: 'log' };
	});

describe('snap', () => {
	it.each([
		[0.1 + 0.2, { min: 0, max: 1, step: 0.1 }, 0.3],
		[0.05 * 3, { min: 0, max: 1, step: 0.05 }, 0.15],
		[7, { min: 1, max: 9, step: 3 }, 7],
		[3.2e-9, { min: 1e-9, max: 1, step: 1e-9 }, 3e-9],
		// The end can be reached, though it is no whole number of steps away.
		[23.5, { min: 1, max: 24, step: 5 }, 24],
		[-5, { min: 0, max: 1, step: 0.1 }, 0],
		[5, { min: 0, max: 1, step: 0.1 }, 1]
	])('%d in %o is %d', (x, bounds, snapped) => {
		expect(snap(x, bounds)).toBe(snapped);
	});

	it('stays in range, and a second time changes nothing', () => {
		fc.assert(
			fc.property(steps, fc.double({ min: -3e3, max: 7e3, noNaN: true }), (bounds, x) => {
				const once = snap(x, bounds);
				expect(once).toBeGreaterThanOrEqual(bounds.min);
				expect(once).toBeLessThanOrEqual(bounds.max);
				expect(snap(once, bounds)).toBe(once);
			}),
			{ seed: 1, numRuns: 1000 }
		);
	});

	it('is never further off than half a step, in range', () => {
		fc.assert(
			fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (bounds, share) => {
				const x = bounds.min + share * (bounds.max - bounds.min);
				// A millionth of a step for the rounding of the share.
				expect(Math.abs(snap(x, bounds) - x)).toBeLessThanOrEqual(bounds.step * 0.500001);
			}),
			{ seed: 1, numRuns: 1000 }
		);
	});
});

describe('nextStep', () => {
	const tenths = { min: 0, max: 1, step: 0.1 };

	it.each([
		[0.2, 1, 0.3],
		[0.3, -1, 0.2],
		// From between two steps to the next one, not a whole step on.
		[0.25, 1, 0.3],
		[0.25, -1, 0.2],
		[1, 1, 1],
		[0, -1, 0]
	] as const)('from %d by %i to %d', (x, direction, next) => {
		expect(nextStep(x, direction, tenths)).toBe(next);
	});

	it.each([
		[0.04, 1, 0.041],
		[1, 1, 1.1],
		[1, -1, 0.99],
		[9.9, 1, 10],
		[0.001, -1, 0.001]
	] as const)('on a log scale from %d by %i to %d', (x, direction, next) => {
		const bounds = { min: 0.001, max: 10, step: 0.001, scale: 'log' } as const;
		expect(nextStep(x, direction, bounds)).toBe(next);
	});

	it('is never finer than the step on a log scale', () => {
		expect(nextStep(0.04, 1, { min: 0.04, max: 10, step: 0.01, scale: 'log' })).toBe(0.05);
	});

	it('climbs from the lowest to the highest without a halt, and back', () => {
		fc.assert(
			fc.property(fc.oneof(steps, logSteps), (bounds) => {
				for (const direction of [1, -1] as const) {
					const [from, to] = direction > 0 ? [bounds.min, bounds.max] : [bounds.max, bounds.min];
					let x = from;
					for (let i = 0; x !== to; i++) {
						const next = nextStep(x, direction, bounds);
						expect((next - x) * direction).toBeGreaterThan(0);
						expect(i).toBeLessThan(5000);
						x = next;
					}
				}
			}),
			{ seed: 1, numRuns: 100 }
		);
	});
});

describe('the places of a log slider', () => {
	it('start and end at the ends of the range', () => {
		// More digits than a place has.
		const bounds = { min: 0.0003, max: 0.029873, step: 0.0001 };
		expect(fromLogPlace(0, bounds)).toBe(0.0003);
		expect(fromLogPlace(LOG_PLACES, bounds)).toBe(0.029873);
		expect(toLogPlace(0.0003, bounds)).toBe(0);
		expect(toLogPlace(0.029873, bounds)).toBe(LOG_PLACES);
	});

	it('have as few digits as tell them apart', () => {
		expect(fromLogPlace(100, { min: 1e-9, max: 1, step: 1e-9 })).toBe(3.2e-5);
		expect(fromLogPlace(100, { min: 0.3, max: 3, step: 0.1 })).toBe(0.949);
	});

	it('rise, and each is found again from its value', () => {
		fc.assert(
			fc.property(logSteps, (bounds) => {
				for (let place = 0; place <= LOG_PLACES; place++) {
					const value = fromLogPlace(place, bounds);
					expect(toLogPlace(value, bounds)).toBe(place);
					if (place > 0) expect(value).toBeGreaterThan(fromLogPlace(place - 1, bounds));
				}
			}),
			{ seed: 1, numRuns: 100 }
		);
	});
});
