import { expect, test } from 'vitest';
import type { Outcome } from '../../src/player/job';
import { namesIn, spread } from '../../src/player/spread';

const outcome = (...numbers: Record<string, number>[]): Outcome => ({
	result: { series: {} },
	values: {},
	numbers
});

test('the median of the seeds with their 10 % and 90 % quantiles', () => {
	const runs = Array.from({ length: 11 }, (_, i) => ({ reward: i }));
	expect(spread(outcome(...runs), 'reward')).toEqual({ middle: 5, low: 1, high: 9, seeds: 11 });
	expect(spread(outcome({ reward: 3 }), 'reward')).toEqual({ middle: 3, seeds: 1 });
});

test('a number that some seeds have not is told of the others', () => {
	const runs = outcome({ wins: 1 }, { wins: 2, late: 4 }, { wins: NaN, late: 6 });
	expect(namesIn(runs)).toEqual(['wins', 'late']);
	expect(spread(runs, 'late')).toMatchObject({ middle: 5, seeds: 2 });
	expect(spread(runs, 'wins')).toMatchObject({ middle: 1.5, seeds: 2 });
	expect(spread(runs, 'none')).toEqual({ middle: NaN, seeds: 0 });
});
