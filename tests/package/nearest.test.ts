import { expect, test } from 'vitest';
import { nearest } from '../../src/package/nearest.js';

const names = ['cobweb', 'ballot-box', 'success-map', 'success-weights', 'grpo-training'];

test('a slip of the keys finds its name', () => {
	expect(nearest('cobwbe', names)[0]).toBe('cobweb');
	expect(nearest('succes-map', names)[0]).toBe('success-map');
});

test('a part of a name finds the names that hold it', () => {
	expect(nearest('success', names).slice(0, 2)).toEqual(['success-map', 'success-weights']);
});
