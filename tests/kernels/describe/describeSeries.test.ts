import { describe, expect, it } from 'vitest';
import { describeSeries } from '../../../src/kernels/describe/describeSeries';

const say = (ys: number[], wording = {}) =>
	describeSeries(
		'The reward',
		ys.map((_, i) => 10 * i),
		ys,
		{ along: 'iteration', digits: 1, ...wording }
	);

describe('describeSeries', () => {
	it('says each direction with its numbers', () => {
		expect(say([0.2, 0.5, 0.85])).toBe(
			'The reward rises from 0.2 at iteration 0 to 0.8 at iteration 20.'
		);
		expect(say([3, 2])).toBe('The reward falls from 3.0 at iteration 0 to 2.0 at iteration 10.');
		expect(say([1, 1])).toBe('The reward stays level at 1.0 from iteration 0 to 10.');
		expect(say([0, 2, 1])).toBe(
			'The reward rises, then falls: from 0.0 at iteration 0 through 2.0 at iteration 10 to 1.0 at iteration 20.'
		);
		expect(say([2, 0, 1])).toBe(
			'The reward falls, then rises: from 2.0 at iteration 0 through 0.0 at iteration 10 to 1.0 at iteration 20.'
		);
		expect(say([0, 3, -3, 0])).toBe(
			'The reward swings between −3.0 at iteration 20 and 3.0 at iteration 10, and ends at 0.0.'
		);
	});

	it('says a single point plainly', () => {
		expect(say([7])).toBe('The reward is 7.0 at iteration 0.');
	});

	it('carries units and never writes −0', () => {
		expect(say([0, 50], { unit: '%', digits: 0 })).toBe(
			'The reward rises from 0% at iteration 0 to 50% at iteration 10.'
		);
		expect(say([-0.01, 2], { unit: 'nats' })).toBe(
			'The reward rises from 0.0 nats at iteration 0 to 2.0 nats at iteration 10.'
		);
	});

	it('refuses a line without a finite point', () => {
		expect(() => say([NaN])).toThrow(RangeError);
	});
});
