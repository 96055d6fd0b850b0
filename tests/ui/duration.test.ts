import { expect, it } from 'vitest';
import { duration } from '../../src/ui/duration';

it.each([
	[0.2, 'about 1 s'],
	[8.4, 'about 8 s'],
	[89.4, 'about 89 s'],
	[90, 'about 2 min'],
	[600, 'about 10 min']
])('%d seconds are %s', (seconds, words) => {
	expect(duration(seconds)).toBe(words);
});
